import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { Rng } from '../../random/rng.js';
import { fuzz } from '../../testing/fuzz.js';
import { temporaryFolder } from '../../testing/temporaryFolder.js';
import { openNpz } from '../npz.js';
import { toFloat32, type NumericArray } from '../numericArray.js';
import { openHdf5, type Hdf5File } from './openHdf5.js';
import { writeHdf5 } from './writeHdf5.js';

const fixture = (name: string): string =>
  fileURLToPath(new URL(`../../../fixtures/${name}`, import.meta.url));
const path = fixture('hdf5/objects.h5');

interface Expected {
  readonly dtype: string;
  readonly shape: number[];
  /** As Python prints them. */
  readonly values: string[];
}
const expected = JSON.parse(readFileSync(fixture('hdf5/objects.json'), 'utf8')) as Record<string, Expected>;

function parsePython(text: string, dtype: string): number | bigint {
  if (dtype.endsWith('64') && !dtype.startsWith('float')) return BigInt(text);
  return { True: 1, False: 0 }[text] ?? Number(text);
}

function valuesOf(array: NumericArray): (number | bigint)[] {
  return array.dtype === 'float16' ? [...toFloat32(array)] : [...array.data];
}

describe('openHdf5', () => {
  let file: Hdf5File;
  beforeAll(async () => {
    file = await openHdf5(path);
  });
  afterAll(() => file.close());

  it.each(Object.keys(expected))('reads %s as h5py does', async (name) => {
    const { dtype, shape, values } = expected[name]!;
    expect(file.arrays.get(name)).toEqual({ dtype, shape });
    const array = await file.read(name);
    expect(array).toMatchObject({ dtype, shape });
    expect(valuesOf(array)).toEqual(values.map((text) => parsePython(text, dtype)));
  });

  it('lists the arrays of numbers, also behind links', () => {
    expect([...file.arrays.keys()].sort()).toEqual([...Object.keys(expected), 'link'].sort());
  });

  it('reads rows of a chunked array, as far as there are some', () => {
    const values = expected['packed']!.values.map(Number);
    for (const [from, to] of [
      [0, 1],
      [9, 31],
      [100, 999],
      [105, 106],
      [7, 7],
    ] as const) {
      const { shape, data } = file.readRows('link', from, to);
      const rows = values.slice(7 * from, 7 * to);
      expect({ shape, data: [...data] }).toEqual({ shape: [rows.length / 7, 7], data: rows });
    }
    expect(() => file.readRows('packed', 3, 2)).toThrow(
      `${path}: packed: expected rows from 0 up, but got 3 to 2.`,
    );
  });

  it('knows groups, their members and attributes', () => {
    expect(file.members('model_weights')).toEqual(['dense']);
    expect(file.members()).toContain('packed');
    expect(['model_weights/dense', 'packed', 'broken', 'none'].map((name) => file.kind(name))).toEqual([
      'group',
      'dataset',
      undefined,
      undefined,
    ]);
    const dense = 'model_weights/dense';
    expect([...file.attributeNames(dense)].sort()).toEqual([
      'name',
      'record',
      'scale',
      'units',
      'weight_names',
    ]);
    expect(file.attribute(dense, 'weight_names')).toEqual(['kernel:0', 'bias:0']);
    expect(file.attribute(dense, 'name')).toBe('dénse');
    expect(file.attribute(dense, 'units')).toBe(3n);
    expect(file.attribute(dense, 'scale')).toEqual(Float32Array.of(0.5, 2));
    expect(file.attribute(dense, 'record')).toBeUndefined();
    expect(file.attribute('', 'none')).toBeUndefined();
  });

  it('tells what is in a dataset', () => {
    expect(file.info('packed')).toEqual({ dtype: 'float32', shape: [105, 7] });
    expect(file.info('strings')).toEqual({ dtype: 'string', shape: [3] });
    expect(file.info('reference')).toEqual({ dtype: 'reference', shape: [2] });
    expect(file.info('record')).toEqual({ dtype: 'other', shape: [2] });
  });

  it('reads strings and references', () => {
    expect(file.readStrings('bytes')).toEqual(['ab', 'c']);
    expect(file.readStrings('strings')).toEqual(['déjà', 'x', '']);
    expect(file.readStrings('string')).toEqual(['one']);
    expect(file.readReferences('reference')).toEqual(['model_weights/dense/kernel:0', 'model_weights/dense']);
  });

  it.each<[string, (file: Hdf5File) => unknown, string]>([
    ['a missing dataset', (f) => f.info('none'), ': none: expected a dataset, but found no such one.'],
    ['a group', (f) => f.info('types'), ': types: expected a dataset, but found a group.'],
    ['a broken link', (f) => f.info('broken'), ': broken: expected a dataset, but found no such one.'],
    [
      'a link to another file',
      (f) => f.info('elsewhere'),
      ': elsewhere: expected a dataset, but found no such one.',
    ],
    [
      'records',
      (f) => f.readRows('record', 0, 1),
      ': record: expected numbers, but found records of 8 bytes.',
    ],
    ['strings', (f) => f.readRows('bytes', 0, 1), ': bytes: expected numbers, but found strings of 2 bytes.'],
    ['no array at all', (f) => f.readRows('null', 0, 1), ': null: expected an array, but it is null.'],
    [
      'numbers for strings',
      (f) => f.readStrings('packed'),
      ': packed: expected strings, but found floats of 4 bytes.',
    ],
    [
      'numbers for references',
      (f) => f.readReferences('packed'),
      ': packed: expected references, but found floats of 4 bytes.',
    ],
    ['a dataset for a group', (f) => f.members('packed'), ': packed: expected a group.'],
  ])('refuses %s', (_, use, message) => {
    expect(() => use(file)).toThrow(`${path}${message}`);
  });
});

/** As far as the system tells. */
function openFiles(): number {
  return process.platform === 'linux' ? readdirSync('/proc/self/fd').length : 0;
}

describe('openHdf5 of another or damaged file', () => {
  const folder = temporaryFolder(beforeEach, afterEach);

  it('says what it is not', async () => {
    const npz = fixture('npz/stored.npz');
    await expect(openHdf5(npz)).rejects.toThrow(`${npz}: HDF5: file signature not found.`);
    await expect(openHdf5(folder.join('none.h5'))).rejects.toThrow('ENOENT');
    const short = folder.join('short.h5');
    writeFileSync(short, readFileSync(path).subarray(0, 5000));
    await expect(openHdf5(short)).rejects.toThrow(/short\.h5: HDF5: truncated file: eof = 5000/);
  });

  it('names a filter that it lacks, and leaves no report of the error open', async () => {
    const packed = fixture('hdf5/lzf.h5');
    const file = await openHdf5(packed);
    const refuse = () => {
      const message = `${packed}: zeros: HDF5: required filter 'lzf' is not registered.`;
      expect(() => file.readRows('zeros', 0, 1)).toThrow(message);
    };
    refuse();
    const before = openFiles();
    for (let i = 0; i < 10; i++) refuse();
    expect(openFiles()).toBe(before);
    await file.close();
  });

  it('says that it is closed, once it is', async () => {
    const file = await openHdf5(path);
    await file.close();
    await file.close();
    expect(() => file.members()).toThrow(`${path}: the file is closed.`);
    await expect(file.read('packed')).rejects.toThrow(`${path}: packed: the file is closed.`);
  });

  it('reads or refuses injured copies, and leaves none of them open', async () => {
    const small = folder.join('small.h5');
    const array: NumericArray = { dtype: 'int8', shape: [500], data: new Int8Array(500) };
    await writeHdf5(small, new Map(['a', 'b/c', 'b/d'].map((name) => [name, array])));
    const options = { runs: 100, rng: new Rng('hdf5') };
    const before = openFiles();
    const { refused } = await fuzz(readFileSync(small), folder.join('injured.h5'), openHdf5, options);
    // Most of such a file is empty space, kept for more entries.
    expect(refused).toBeGreaterThan(2);
    expect(openFiles()).toBe(before);
    const whole = await openHdf5(small);
    expect([...whole.arrays.keys()].sort()).toEqual(['a', 'b/c', 'b/d']);
    await whole.close();
  }, 60_000);
});

describe('writeHdf5', () => {
  const folder = temporaryFolder(beforeEach, afterEach);

  it('writes what is read back, in groups', async () => {
    const npz = await openNpz(fixture('npz/stored.npz'));
    const arrays = new Map<string, NumericArray>();
    for (const name of npz.arrays.keys()) if (name !== 'f2') arrays.set(`a/b/${name}`, await npz.read(name));
    await npz.close();
    const target = folder.join('written.h5');
    await writeHdf5(target, arrays);
    const file = await openHdf5(target);
    expect([...file.arrays.keys()].sort()).toEqual([...arrays.keys()].sort());
    for (const [name, { dtype, shape, data }] of arrays) {
      const array = await file.read(name);
      expect(array).toEqual({ dtype: dtype === 'bool' ? 'uint8' : dtype, shape, data });
    }
    await file.close();
    expect(readdirSync(folder.path)).toEqual(['written.h5']);
  });

  it('refuses what does not fit, and leaves no file', async () => {
    const target = folder.join('written.h5');
    const of = (dtype: 'int8' | 'float16', shape: number[], data: Int8Array | Uint16Array) =>
      writeHdf5(target, new Map([['x/y', { dtype, shape, data }]]));
    await expect(of('int8', [2, 3], new Int8Array(5))).rejects.toThrow(
      'writeHdf5: x/y: expected 6 values for shape [2, 3], but got 5.',
    );
    await expect(of('float16', [1], new Uint16Array(1))).rejects.toThrow(
      'writeHdf5: x/y: HDF5 files cannot be written with float16.',
    );
    expect(readdirSync(folder.path)).toEqual([]);
    const nowhere = folder.join('no', 'x.h5');
    await expect(writeHdf5(nowhere, new Map())).rejects.toThrow(
      `Could not write ${nowhere}: the folder ${folder.join('no')} does not exist; create it first (ENOENT).`,
    );
  });
});
