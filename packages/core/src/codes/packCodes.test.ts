import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { packCodes } from './packCodes.js';
import { unpackCodes } from './unpackCodes.js';

describe('packCodes', () => {
  it('puts bit i into bit (i & 7) of byte (i >> 3), and takes x >= 0 as 1', () => {
    const values = [0.5, -1, 0, -0, -0.001, -2, -3, -4, 7, -1, Infinity, -Infinity];
    expect(packCodes(values, 1, 12)).toEqual({ count: 1, bits: 12, data: Uint8Array.of(0b00001101, 0b0101) });
  });

  it('starts each code at a byte', () => {
    expect(packCodes(Float32Array.of(1, -1, 1, -1, 1, 1), 2, 3).data).toEqual(Uint8Array.of(0b101, 0b110));
  });

  it('packs nothing', () => {
    expect(packCodes([], 0, 16)).toEqual({ count: 0, bits: 16, data: new Uint8Array(0) });
  });

  it('is undone by unpackCodes', () => {
    const signs = fc.constantFrom(-1, 1);
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 70 }),
        fc.integer({ min: 0, max: 9 }),
        fc.gen(),
        (bits, count, gen) => {
          const values = Array.from({ length: count * bits }, () => gen(() => signs));
          expect([...unpackCodes(packCodes(values, count, bits))]).toEqual(values);
        },
      ),
    );
  });

  it('refuses sizes that do not fit, and NaN', () => {
    expect(() => packCodes([1, 2, 3], 2, 2)).toThrow(
      'packCodes: expected 4 values for 2 codes of 2 bits, but got 3.',
    );
    expect(() => packCodes([], 0, 0)).toThrow(
      'packCodes: expected bits to be an integer from 1 to 1024, but got 0.',
    );
    expect(() => packCodes([], 0, 1025)).toThrow(
      'packCodes: expected bits to be an integer from 1 to 1024, but got 1025.',
    );
    expect(() => packCodes([], -1, 8)).toThrow(
      'packCodes: expected count to be an integer of at least 0, but got -1.',
    );
    expect(() => packCodes([1, 1, 1, NaN], 2, 2)).toThrow('packCodes: bit 1 of code 1 is NaN.');
  });
});

describe('unpackCodes', () => {
  it('refuses bytes that do not fit', () => {
    expect(() => unpackCodes({ count: 2, bits: 9, data: new Uint8Array(3) })).toThrow(
      'unpackCodes: expected 4 bytes for 2 codes of 9 bits, but got 3.',
    );
  });
});
