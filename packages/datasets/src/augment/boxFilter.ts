const { floor, fround, sqrt, trunc } = Math;

/** A box of `2 * radius + 1` full pixels and a part of one on each side; the weights are 24-bit fractions. */
export interface BoxFilter {
  readonly radius: number;
  readonly full: number;
  readonly part: number;
}

const PASSES = 3;

/** The box that in three passes blurs with this standard deviation, in pixels. */
export function boxFilterOf(sigma: number): BoxFilter {
  const radius = boxRadius(fround(sigma));
  const whole = trunc(radius);
  const full = trunc(fround(2 ** 24 / fround(radius * 2 + 1)));
  return { radius: whole, full, part: trunc((2 ** 24 - (whole * 2 + 1) * full) / 2) };
}

/** The radius, with its fraction, of boxes that in three passes have the variance sigma². Rounds as Pillow's float32. */
function boxRadius(sigma: number): number {
  const variance = fround(fround(sigma * sigma) / PASSES);
  const length = fround(sqrt(12 * variance + 1));
  const whole = floor((length - 1) / 2);
  const above = fround(fround(whole * (whole + 1)) - fround(3 * variance));
  const below = fround(6 * fround(variance - fround((whole + 1) * (whole + 1))));
  return fround(whole + fround(fround((2 * whole + 1) * above) / below));
}
