import { expect, it } from '@jest/globals';
import { decodeFloat16 } from './decodeFloat16.js';
import { encodeFloat16 } from './encodeFloat16.js';

it('gives every half-precision number back', () => {
  const all = Uint16Array.from({ length: 0x10000 }, (_, i) => i);
  const isNaN = (half: number) => (half & 0x7fff) > 0x7c00;
  const numbers = all.filter((half) => !isNaN(half));
  expect(encodeFloat16(decodeFloat16(numbers))).toEqual(numbers);
  const nans = encodeFloat16(decodeFloat16(all.filter(isNaN)));
  expect(nans.every(isNaN)).toBe(true);
});

it('rounds to the nearest, halfway to even', () => {
  const even = all((half) => decodeFloat16(Uint16Array.of(half))[0]!, 0x0400, 0x3c00, 0x0001, 0x0000, 0x7bfe);
  for (const [half, value] of even) {
    const next = decodeFloat16(Uint16Array.of(half + 1))[0]!;
    const middle = (value + next) / 2;
    const lastEven = half % 2 === 0 ? half : half + 1;
    const step = (next - value) / 4;
    expect([...encodeFloat16(Float32Array.of(middle, middle - step, middle + step, -middle))]).toEqual([
      lastEven,
      half,
      half + 1,
      0x8000 | lastEven,
    ]);
  }
});

it('goes to infinity from the middle between 65,504 and 65,536 on', () => {
  const values = Float32Array.of(65504, 65519.996, 65520, 1e9, -65520, Infinity);
  expect([...encodeFloat16(values)]).toEqual([0x7bff, 0x7bff, 0x7c00, 0x7c00, 0xfc00, 0x7c00]);
});

function all(value: (half: number) => number, ...halves: number[]): (readonly [number, number])[] {
  return halves.map((half) => [half, value(half)]);
}
