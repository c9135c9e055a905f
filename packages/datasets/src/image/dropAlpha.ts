import type { RgbImage } from './rgbImage.js';

export interface RgbaImage {
  readonly width: number;
  readonly height: number;
  /** [height, width, 4] */
  readonly data: Uint8Array | Uint8ClampedArray;
}

/** RGB of RGBA pixels: alpha is dropped, not blended with a background, as in Pillow's `convert('RGB')`. */
export function dropAlpha({ width, height, data: rgba }: RgbaImage): RgbImage {
  const data = new Uint8Array(width * height * 3);
  for (let from = 0, to = 0; to < data.length; from += 4, to += 3) {
    data[to] = rgba[from]!;
    data[to + 1] = rgba[from + 1]!;
    data[to + 2] = rgba[from + 2]!;
  }
  return { width, height, data };
}
