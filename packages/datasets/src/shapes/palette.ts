import type { Rgb } from '@hash/core';

/** Colours with a name that a caption can use, in 0 ... 255. */
export const PALETTE = {
  black: [34, 34, 40],
  white: [242, 240, 234],
  red: [208, 44, 46],
  blue: [48, 98, 202],
  yellow: [247, 211, 66],
  green: [62, 152, 74],
  orange: [240, 134, 34],
  purple: [126, 70, 176],
  pink: [240, 138, 176],
  teal: [34, 158, 154],
  brown: [120, 80, 50],
  gray: [132, 134, 138],
} as const satisfies Record<string, Rgb>;

export type ColorName = keyof typeof PALETTE;

/** Black and white come first, so that with any number of colours each has another that stands out from it. */
export const COLOR_NAMES = Object.keys(PALETTE) as readonly ColorName[];

/** How bright a colour looks (ITU-R BT.601), 0 ... 255. */
export function luma(color: Rgb): number {
  return 0.299 * color[0] + 0.587 * color[1] + 0.114 * color[2];
}

/** `color` moved by `share` of the way to `other`. */
export function mix(color: Rgb, other: Rgb, share: number): Rgb {
  return [
    color[0] + (other[0] - color[0]) * share,
    color[1] + (other[1] - color[1]) * share,
    color[2] + (other[2] - color[2]) * share,
  ];
}
