import { describe, expect, it } from '@jest/globals';
import { Rng } from '../random/rng.js';
import { concatCodes } from './concatCodes.js';
import { randomCodes } from './randomCodes.js';
import { selectCodes } from './selectCodes.js';

const codes = { count: 3, bits: 12, data: Uint8Array.of(1, 2, 3, 4, 5, 6) };

describe('selectCodes', () => {
  it('takes codes in the order asked for', () => {
    expect(selectCodes(codes, [2, 0, 2])).toEqual({
      count: 3,
      bits: 12,
      data: Uint8Array.of(5, 6, 1, 2, 5, 6),
    });
    expect(selectCodes(codes, new Uint32Array(0))).toEqual({ count: 0, bits: 12, data: new Uint8Array(0) });
  });

  it('refuses places that are not there', () => {
    expect(() => selectCodes(codes, [0, 3])).toThrow(
      'selectCodes: expected positions from 0 to 2, but got 3 at 1.',
    );
    expect(() => selectCodes(codes, [0.5])).toThrow(
      'selectCodes: expected positions from 0 to 2, but got 0.5 at 0.',
    );
  });
});

describe('concatCodes', () => {
  it('is undone by selectCodes', () => {
    const a = randomCodes(4, 20, new Rng(1));
    const b = randomCodes(3, 20, new Rng(2));
    const both = concatCodes([a, b]);
    expect(both.count).toBe(7);
    expect(selectCodes(both, [0, 1, 2, 3])).toEqual(a);
    expect(selectCodes(both, [4, 5, 6])).toEqual(b);
  });

  it('refuses parts of different lengths, bytes that do not fit, and no parts', () => {
    expect(() => concatCodes([codes, { ...codes, bits: 13 }])).toThrow(
      'concatCodes: expected codes of the same length, but got 12 and 13 bits.',
    );
    expect(() => concatCodes([{ ...codes, count: 4 }])).toThrow(
      'concatCodes: expected 8 bytes for 4 codes of 12 bits, but got 6.',
    );
    expect(() => concatCodes([])).toThrow('concatCodes: expected at least one part, but got none.');
  });
});
