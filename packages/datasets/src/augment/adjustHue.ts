import type { PixelBuffer } from '../image/pixelBuffer.js';
import type { RgbImage } from '../image/rgbImage.js';

const { floor, fround, max, min, trunc } = Math;

/**
 * Turns the hues of an image, by way of Pillow's 8-bit HSV with all its rounding.
 *
 * @param turns  of the colour circle, -0.5 to 0.5; rounded towards 0 to steps of 1/255
 * @returns `target`, which may be `source`
 */
export function adjustHue(source: RgbImage, turns: number, target: PixelBuffer): RgbImage {
  const { width, height, data: input } = source;
  const { data: output } = target.resize(width, height);
  const shift = trunc(turns * 255);
  for (let i = 0; i < width * height * 3; i += 3) {
    const [red, green, blue] = [input[i]!, input[i + 1]!, input[i + 2]!];
    const value = max(red, green, blue);
    const chroma = value - min(red, green, blue);
    const saturation = chroma === 0 ? 0 : trunc(fround(chroma / value) * 255);
    if (saturation === 0) {
      output[i] = value;
      output[i + 1] = value;
      output[i + 2] = value;
      continue;
    }
    const hue = (hueOf(red, green, blue, value, chroma) + shift) & 255;
    const sector = floor((hue * 6) / 255);
    const rest = fround((hue * 6) / 255 - sector);
    const share = fround(saturation / 255);
    const p = floor(value * (1 - share) + 0.5);
    const q = floor(value * (1 - fround(share * rest)) + 0.5);
    const t = floor(value * (1 - share * (1 - rest)) + 0.5);
    switch (sector) {
      case 1:
        write(output, i, q, value, p);
        break;
      case 2:
        write(output, i, p, value, t);
        break;
      case 3:
        write(output, i, p, q, value);
        break;
      case 4:
        write(output, i, t, p, value);
        break;
      case 5:
        write(output, i, value, p, q);
        break;
      default:
        write(output, i, value, t, p);
    }
  }
  return target;
}
function write(output: Uint8Array, at: number, red: number, green: number, blue: number): void {
  output[at] = red;
  output[at + 1] = green;
  output[at + 2] = blue;
}
/** Pillow's hue of a colour that is no gray, 0 to 255; 0 and 255 are both red. */
function hueOf(red: number, green: number, blue: number, value: number, chroma: number): number {
  const r = fround((value - red) / chroma);
  const g = fround((value - green) / chroma);
  const b = fround((value - blue) / chroma);
  const sixths = red === value ? fround(b - g) : green === value ? fround(2 + r - b) : fround(4 + g - r);
  return trunc(fround((sixths / 6 + 1) % 1) * 255);
}
