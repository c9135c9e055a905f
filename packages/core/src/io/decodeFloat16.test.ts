import { expect, it } from '@jest/globals';
import { decodeFloat16 } from './decodeFloat16.js';

/** The definition of the format, (-1)^sign 2^(exponent - 15) (1 + fraction / 1024), written out. */
function byDefinition(half: number): number {
  const sign = half >= 0x8000 ? -1 : 1;
  const exponent = Math.floor(half / 1024) % 32;
  const fraction = half % 1024;
  if (exponent === 31) return fraction === 0 ? sign * Infinity : NaN;
  if (exponent === 0) return sign * 2 ** -14 * (fraction / 1024);
  return sign * 2 ** (exponent - 15) * (1 + fraction / 1024);
}

it('widens each of the 65,536 patterns exactly', () => {
  const halves = Uint16Array.from({ length: 65_536 }, (_, i) => i);
  const values = decodeFloat16(halves);
  const wrong = [...halves].filter((half) => !Object.is(values[half], byDefinition(half)));
  expect(wrong).toEqual([]);
});
