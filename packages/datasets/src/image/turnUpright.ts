import type { Orientation } from './exifOrientation.js';
import type { RgbImage } from './rgbImage.js';

/** Turns and mirrors an image that lies as `orientation` says, as Pillow's `ImageOps.exif_transpose` does. */
export function turnUpright(image: RgbImage, orientation: Orientation): RgbImage {
  if (orientation === 1) return image;
  const { width, height, data } = image;
  const columnsFirst = orientation >= 5;
  const fromRight = [2, 3, 7, 8].includes(orientation);
  const fromBottom = [3, 4, 6, 7].includes(orientation);
  const target = columnsFirst ? { width: height, height: width } : { width, height };
  const turned = new Uint8Array(width * height * 3);
  for (let y = 0, to = 0; y < target.height; y++) {
    for (let x = 0; x < target.width; x++, to += 3) {
      const column = columnsFirst ? y : x;
      const row = columnsFirst ? x : y;
      const from =
        3 * ((fromBottom ? height - 1 - row : row) * width + (fromRight ? width - 1 - column : column));
      turned[to] = data[from]!;
      turned[to + 1] = data[from + 1]!;
      turned[to + 2] = data[from + 2]!;
    }
  }
  return { ...target, data: turned };
}
