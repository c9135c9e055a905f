import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { MatValue } from './matFile.js';
import { openMat } from './openMat.js';

const fixture = (name: string): string =>
  fileURLToPath(new URL(`../../../fixtures/mat/${name}`, import.meta.url));

/** What SciPy reads; numbers as Python prints them. */
interface Expected {
  readonly shape: number[];
  readonly dtype?: string;
  readonly values?: string[];
  readonly strings?: string[];
  readonly cells?: Expected[];
  readonly fields?: string[];
  readonly structs?: Expected[][];
}
const expected = JSON.parse(readFileSync(fixture('expected.json'), 'utf8')) as Record<
  'plain' | 'bigEndian' | 'structs',
  Record<string, Expected>
> & { readonly captions: readonly (readonly string[])[] };

function parsePython(text: string, dtype: string): number | bigint {
  if (dtype.includes('int64')) return BigInt(text);
  return { inf: Infinity, '-inf': -Infinity }[text] ?? Number(text);
}

/** A value of SciPy's in our words: it has no type for truth values. */
function inOurWords(
  { shape, dtype = '', values, strings, cells, fields, structs }: Expected,
  name: string,
): object {
  if (structs !== undefined)
    return {
      class: 'struct',
      shape,
      fields,
      structs: structs.map((row) => row.map((value, i) => [fields![i], inOurWords(value, '')])),
    };
  if (strings !== undefined) return { class: 'char', shape, strings };
  if (cells !== undefined) return { class: 'cell', shape, cells: cells.map((cell) => inOurWords(cell, '')) };
  const numbers = values!.map((text) => parsePython(text, dtype));
  return { class: 'numbers', dtype: name === 'logical' ? 'bool' : dtype, shape, data: numbers };
}

function plain(value: MatValue): object {
  if (value.class === 'struct')
    return {
      ...value,
      structs: value.structs.map((fields) => [...fields].map(([name, inner]) => [name, plain(inner)])),
    };
  if (value.class === 'cell') return { ...value, cells: value.cells.map(plain) };
  return value.class === 'char' ? value : { ...value, data: [...value.data] };
}

describe.each(['plain.mat', 'compressed.mat', 'version73.mat'])('openMat of %s', (file) => {
  it.each(Object.keys(expected.plain))('reads %s as SciPy does', async (name) => {
    const mat = await openMat(fixture(file));
    expect(plain(await mat.readVariable(name))).toEqual(inOurWords(expected.plain[name]!, name));
    await mat.close();
  });

  it('knows classes and shapes before it reads values', async () => {
    const mat = await openMat(fixture(file));
    const of = (name: string) => {
      const { class: kind, shape } = mat.variables.get(name)!;
      return { class: kind, shape };
    };
    expect([...mat.variables.keys()].sort()).toEqual(
      [...Object.keys(expected.plain), 'sparse', 'struct', 'complex'].sort(),
    );
    expect(of('axes')).toEqual({ class: 'int16', shape: [2, 3, 4] });
    expect(of('logical')).toEqual({ class: 'logical', shape: [1, 3] });
    expect(of('paths')).toEqual({ class: 'char', shape: [3, 13] });
    expect(of('ragged')).toEqual({ class: 'cell', shape: [1, 3] });
    expect(of('complex')).toEqual({ class: 'complex double', shape: [1, 1] });
    expect(mat.arrays.get('logical')).toEqual({ dtype: 'bool', shape: [1, 3] });
    expect(['sparse', 'complex', 'paths'].map((name) => mat.arrays.has(name))).toEqual([false, false, false]);
    await mat.close();
  });

  const kinds = file === 'version73.mat' ? 'numbers, text or cells' : 'numbers, text, cells or structs';
  it.each([
    ['sparse', `expected ${kinds}, but found sparse.`],
    ['complex', `expected ${kinds}, but found complex double.`],
    ['other', 'the file has no such variable.'],
    ...(file === 'version73.mat' ? [['struct', `expected ${kinds}, but found struct.`] as const] : []),
  ])('refuses %s', async (name, message) => {
    const mat = await openMat(fixture(file));
    await expect(mat.readVariable(name)).rejects.toThrow(message);
    await expect(mat.readVariable(name)).rejects.toThrow(`${fixture(file)}: ${name}`);
    await mat.close();
  });

  it('reads text without blanks at its ends', async () => {
    const mat = await openMat(fixture(file));
    for (const name of ['paths', 'captions', 'accents']) {
      const { shape, strings } = expected.plain[name]!;
      const trimmed = strings!.map((text) => text.trimEnd());
      expect(await mat.readTrimmed(name)).toEqual({ class: 'char', shape, strings: trimmed });
    }
    await expect(mat.readTrimmed('single')).rejects.toThrow(`${fixture(file)}: single`);
    await expect(mat.readTrimmed('single')).rejects.toThrow(': expected text, but found single.');
    await expect(mat.readTrimmed('other')).rejects.toThrow(': other: the file has no such variable.');
    await mat.close();
  });

  it('hands on slices of the last axis, in the order of the file', async () => {
    const mat = await openMat(fixture(file));
    const slices = async (name: string) => {
      const found: unknown[] = [];
      await mat.eachSlice(name, (slice, i) => found.push([i, ...slice]));
      return found;
    };
    expect(await slices('axes')).toEqual(
      [0, 1, 2, 3].map((k) => [k, ...[0, 12, 4, 16, 8, 20].map((start) => start + k)]),
    );
    expect(await slices('logical')).toEqual([
      [0, 1],
      [1, 0],
      [2, 1],
    ]);
    expect(await slices('int64')).toEqual([
      [0, -(2n ** 63n), 0n],
      [1, 2n ** 63n - 1n, 17n],
      [2, 1n, 100n],
    ]);
    // [0, 3]: columns, without rows
    expect(await slices('empty')).toEqual([]);
    await expect(slices('paths')).rejects.toThrow(`${fixture(file)}: paths`);
    await expect(slices('paths')).rejects.toThrow(': expected numbers, but found char.');
    await mat.close();
  });

  it('reads numbers alone as arrays', async () => {
    const mat = await openMat(fixture(file));
    const { dtype, shape, data } = await mat.read('single');
    expect({ dtype, shape, first: data[0] }).toEqual({ dtype: 'float32', shape: [2, 3], first: 0.5 });
    await expect(mat.read('paths')).rejects.toThrow(
      `${fixture(file)}: paths: expected numbers, but found char.`,
    );
    await mat.close();
  });
});

it.each(['captions.mat', 'captions73.mat'])('openMat of %s reads characters of two units', async (file) => {
  const mat = await openMat(fixture(file));
  expect(await mat.readTrimmed('captions')).toEqual({
    class: 'char',
    shape: [3, 2],
    strings: expected.captions.flat(),
  });
  await mat.close();
});

it('openMat hands on slices of big-endian files', async () => {
  const mat = await openMat(fixture('bigEndian.mat'));
  const slices: unknown[] = [];
  await mat.eachSlice('d', (slice) => slices.push([...slice]));
  await mat.eachSlice('u', (slice) => slices.push([...slice]));
  expect(slices).toEqual([
    [0.5, 4],
    [-2, 5],
    [3, 6e10],
    [1, 515],
  ]);
  await mat.close();
});

/** A scalar struct `s` of one field `a`, which is empty: changed, one thing at a time. */
function structErrors(): [string, Buffer, string][] {
  const words = (...numbers: readonly number[]) => Buffer.from(Int32Array.from(numbers).buffer);
  const small = (type: number, text: Buffer) =>
    Buffer.concat([words((text.length << 16) | type), text, Buffer.alloc(4 - text.length)]);
  const file = (sizes: readonly number[], length: Buffer, names: Buffer) => {
    const body = Buffer.concat([
      ...[words(6, 8, 2, 0), words(5, 8, ...sizes), small(1, Buffer.from('s')), length, names],
      words(14, 0),
    ]);
    const header = Buffer.alloc(128, ' ');
    header.writeUInt16LE(0x0100, 124);
    header.write('IM', 126, 'latin1');
    return Buffer.concat([header, words(14, body.length), body]);
  };
  const four = small(5, words(4));
  const a = small(1, Buffer.from('a\0\0\0'));
  return [
    [
      'has more structs than bytes',
      file([1, 2], four, a),
      ': s: byte 192: expected at most 1 structs, but found 2.',
    ],
    [
      'has structs without a length of names',
      file([1, 1], small(6, words(4)), a),
      ': s: byte 176: expected the length of names of fields, an int32, but found 4 of uint32.',
    ],
    [
      'has structs with a negative length of names',
      file([1, 1], small(5, words(-4)), a),
      ': s: byte 176: expected names of fields, each of -4 int8, but found 4 bytes of int8.',
    ],
    [
      'has structs with names cut short',
      file([1, 1], small(5, words(3)), a),
      ': s: byte 176: expected names of fields, each of 3 int8, but found 4 bytes of int8.',
    ],
  ];
}

it('openMat reads big-endian files', async () => {
  const mat = await openMat(fixture('bigEndian.mat'));
  for (const [name, value] of Object.entries(expected.bigEndian))
    expect(plain(await mat.readVariable(name))).toEqual(inOurWords(value, name));
  await mat.close();
});

it.each(Object.keys(expected.structs))('openMat reads structs as SciPy does: %s', async (name) => {
  const mat = await openMat(fixture('structs.mat'));
  expect(plain(await mat.readVariable(name))).toEqual(inOurWords(expected.structs[name]!, ''));
  await expect(mat.read(name)).rejects.toThrow(`structs.mat: ${name}: expected numbers, but found struct.`);
  await mat.close();
});

describe('openMat of another or damaged file', () => {
  let folder: string;
  let path: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'mat-'));
    path = join(folder, 'damaged.mat');
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  const good = readFileSync(fixture('bigEndian.mat'));
  const packed = readFileSync(fixture('compressed.mat'));
  function changed(file: Buffer, at: number, ...bytes: readonly number[]): Buffer {
    const copy = Buffer.from(file);
    bytes.forEach((byte, i) => (copy[at + i] = byte));
    return copy;
  }

  it.each([
    ['is empty', Buffer.alloc(0), ': expected a MAT file, with a header of 128 bytes, but found 0.'],
    [
      'is of version 4',
      readFileSync(fixture('version4.mat')),
      ': expected a MAT file, with a header of 128 bytes, but found 54.',
    ],
    [
      'is of version 4 and longer',
      Buffer.concat([readFileSync(fixture('version4.mat')), Buffer.alloc(200)]),
      ': byte 0: expected a MAT file of version 5 to 7.3, but found one of version 4 or none.',
    ],
    [
      'is another',
      Buffer.from('PK'.repeat(100)),
      ': byte 124: expected the version and byte order of a MAT file, 0001494d, but found 504b504b.',
    ],
    ['ends in a tag', good.subarray(0, 132), ': byte 128: expected a tag of 8 bytes, but found 4 bytes.'],
    [
      'ends in the values',
      good.subarray(0, 200),
      ': byte 128: expected an element of at most 64 bytes, but found 96.',
    ],
    [
      'starts a variable otherwise',
      changed(good, 131, 9),
      ': byte 128: expected a matrix, but found float64.',
    ],
    [
      'has an unknown type',
      changed(good, 131, 77),
      ': byte 128: expected a data element, but found type 77.',
    ],
    [
      'has an unknown class',
      changed(good, 147, 18),
      ': variable at byte 128: byte 144: expected a class from 1 to 17, but found 18.',
    ],
    ...structErrors(),
    [
      'has a huge shape',
      changed(good, 160, 0x7f, 0xff, 0xff, 0xff),
      ': d: byte 176: expected 6442450941 numbers, but found 6 of float64.',
    ],
    [
      'has a negative shape',
      changed(good, 160, 0xff),
      ': variable at byte 128: byte 152: expected a shape of 2 to 64 axes, but found [-16777214, 3].',
    ],
    [
      'has values beyond the variable',
      changed(good, 182, 9),
      ': d: byte 176: expected an element of at most 48 bytes, but found 2352.',
    ],
    [
      'has a damaged stream',
      changed(packed, 137, 0xff, 0xff),
      ': variable at byte 128: damaged: incorrect header check.',
    ],
  ])('refuses one that %s', async (_, bytes, message) => {
    writeFileSync(path, bytes);
    const read = async () => {
      const mat = await openMat(path);
      try {
        for (const name of mat.variables.keys()) await mat.readVariable(name);
      } finally {
        await mat.close();
      }
    };
    await expect(read()).rejects.toThrow(`${path}${message}`);
  });

  it('compares the checksum of a compressed variable', async () => {
    const size = packed.readUInt32LE(132);
    writeFileSync(path, changed(packed, 136 + size - 1, packed[136 + size - 1]! ^ 1));
    await expect(openMat(path)).rejects.toThrow(
      `${path}: variable at byte 128: damaged: incorrect data check.`,
    );
  });
});
