const { fround } = Math;

/**
 * One value of Pillow's `Image.blend`: `from + factor (to - from)` in float32, cut to a byte.
 *
 * @param factor  0 gives `from`, 1 gives `to`, more goes beyond it; rounded to float32 by the caller
 */
export function blend(from: number, to: number, factor: number): number {
  const value = fround(from + fround(factor * (to - from))) | 0;
  return value < 0 ? 0 : value > 255 ? 255 : value;
}
