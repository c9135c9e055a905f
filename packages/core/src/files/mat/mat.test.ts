import { describe, expect, it } from '@jest/globals';
import { openMat } from './openMat.js';
import { expected, fixture, inOurWords, plain } from './scipy.testing.js';

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

it('openMat reads big-endian files', async () => {
  const mat = await openMat(fixture('bigEndian.mat'));
  for (const [name, value] of Object.entries(expected.bigEndian))
    expect(plain(await mat.readVariable(name))).toEqual(inOurWords(value, name));
  await mat.close();
});
