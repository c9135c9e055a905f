import { createHash } from 'node:crypto';
import { describe, expect, it } from '@jest/globals';
import { recordSplit, splitSha256 } from './splitSha256.js';

describe('splitSha256', () => {
  it('hashes names and positions, a line each, by name', () => {
    const text = 'database\n2\n0\nquery\n7\n';
    const expected = createHash('sha256').update(text).digest('hex');
    expect(splitSha256({ query: [7], database: [2, 0] })).toBe(expected);
    expect(splitSha256({ database: [2, 0], query: [7] })).toBe(expected);
  });

  it('is what `printf | sha256sum` says of the example', () => {
    expect(splitSha256({ query: [7], database: [2, 0] })).toBe(
      '5e72d8a1ad65b0a32f32e9efb2f2de0e28a440fbeacdfa1ee65ff2d7e684248b',
    );
  });

  it('depends on the order and on which part an item is in', () => {
    const hashes = [
      splitSha256({ database: [0, 2], query: [7] }),
      splitSha256({ database: [2, 0], query: [7] }),
      splitSha256({ database: [2], query: [0, 7] }),
      splitSha256({ database: [20], query: [7] }),
    ];
    expect(new Set(hashes).size).toBe(4);
  });
});

describe('recordSplit', () => {
  it('keeps what it is given and adds the hash', () => {
    const parts = { train: [1], query: [], database: [1, 0] };
    expect(recordSplit('cifar10', 3, parts)).toEqual({
      protocol: 'cifar10',
      seed: 3,
      parts,
      sha256: splitSha256(parts),
    });
  });
});
