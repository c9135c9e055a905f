import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { temporaryFolder } from '@hash/core/testing/temporaryFolder';
import { reuseMatrix } from './reuseMatrix.js';

describe('reuseMatrix', () => {
  const folder = temporaryFolder(beforeEach, afterEach);
  let made: number;
  beforeEach(() => {
    made = 0;
  });
  const get = async (inputs: unknown) => {
    const { data } = await reuseMatrix({ folder: folder.path, name: 'm', inputs }, () => {
      made += 1;
      const data = Int8Array.of(made, -1);
      return Promise.resolve({ matrix: { dtype: 'int8', shape: [1, 2], data }, facts: { made } });
    });
    return [...(data as Int8Array)];
  };

  it('makes a matrix once for the same inputs, and says what they were', async () => {
    expect(await get({ seed: 1 })).toEqual([1, -1]);
    expect(await get({ seed: 1 })).toEqual([1, -1]);
    expect(JSON.parse(readFileSync(folder.join('m.json'), 'utf8'))).toMatchObject({
      inputs: { seed: 1 },
      facts: { made: 1 },
    });
  });

  it('makes it anew for other inputs', async () => {
    await get({ seed: 1 });
    expect(await get({ seed: 2 })).toEqual([2, -1]);
  });

  it('makes it anew where the file or its record is damaged', async () => {
    await get({ seed: 1 });
    writeFileSync(folder.join('m.npy'), 'x');
    expect(await get({ seed: 1 })).toEqual([2, -1]);
    writeFileSync(folder.join('m.json'), '{');
    expect(await get({ seed: 1 })).toEqual([3, -1]);
    rmSync(folder.join('m.npy'));
    expect(await get({ seed: 1 })).toEqual([4, -1]);
  });

  it('keeps nothing without a folder', async () => {
    await reuseMatrix({ folder: undefined, name: 'm', inputs: 1 }, () => {
      made += 1;
      return Promise.resolve({ matrix: { dtype: 'int8', shape: [1], data: Int8Array.of(1) } });
    });
    expect(made).toBe(1);
  });
});
