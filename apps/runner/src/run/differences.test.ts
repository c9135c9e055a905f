import { describe, expect, it } from '@jest/globals';
import { differences } from './differences.js';

describe('differences', () => {
  it('finds none between equals, whatever the order of keys', () =>
    expect(differences({ a: 1, b: { c: [1, 2] } }, { b: { c: [1, 2] }, a: 1 })).toEqual([]));

  it('names each value that changed, came or went', () =>
    expect(
      differences(
        { seed: 0, config: { epochs: 3, old: 1 }, bits: [16] },
        { seed: 1, config: { epochs: 3 }, bits: [32] },
      ),
    ).toEqual(['seed (0, now 1)', 'config.old (1, now undefined)', 'bits ([16], now [32])']));

  it('tells null from a group', () =>
    expect(differences({ weights: null }, { weights: { a: 1 } })).toEqual(['weights (null, now {"a":1})']));
});
