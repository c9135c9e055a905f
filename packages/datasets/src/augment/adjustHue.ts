import { channelOrder, makeHsvTables, type HsvTables } from './hsvTables.js';
import type { PackedImage } from './packedImage.js';

const { floor, fround, max, min, trunc } = Math;

/** Made when first needed. */
let tables: HsvTables | undefined;

/**
 * Turns the hues of an image, in place, by way of Pillow's 8-bit HSV with all its rounding.
 *
 * @param turns  of the colour circle, -0.5 to 0.5; rounded towards 0 to steps of 1/255
 */
export function adjustHue({ width, height, pixels }: PackedImage, turns: number): void {
  tables ??= makeHsvTables();
  const { saturation, hue } = tables;
  const shift = trunc(turns * 255);
  for (let i = 0; i < width * height; i++) {
    const pixel = pixels[i]!;
    const red = pixel & 255;
    const green = (pixel >> 8) & 255;
    const blue = pixel >> 16;
    const value = max(red, green, blue);
    const lowest = min(red, green, blue);
    const chroma = value - lowest;
    const colour = saturation[(value << 8) | chroma]!;
    if (colour === 0) {
      pixels[i] = value * 0x010101;
    } else {
      const order = channelOrder(red, green, blue, value, lowest);
      const middle = red + green + blue - value - 2 * lowest;
      const turned = (hue[(order << 16) | (chroma << 8) | middle]! + shift) & 255;
      pixels[i] = fromHsv(turned, colour, value);
    }
  }
}

/** Between two of the six pure colours, one channel has the value, one the lowest share of it, and one moves between. */
interface Hue {
  /** Where in a packed pixel the channels are: the one with the value, the lowest and the moving one. */
  readonly top: number;
  readonly low: number;
  readonly moving: number;
  /** Whether the moving channel falls from the value to the lowest, or rises. */
  readonly falls: boolean;
  /** How far it has moved, in [0, 1). */
  readonly progress: number;
}

const hues = Array.from({ length: 256 }, (_, hue): Hue => {
  const sector = floor((hue * 6) / 255);
  return {
    top: [0, 8, 8, 16, 16, 0][sector % 6]!,
    low: [16, 16, 0, 0, 8, 8][sector % 6]!,
    moving: [8, 0, 16, 8, 0, 16][sector % 6]!,
    falls: sector % 2 === 1,
    progress: fround((hue * 6) / 255 - sector),
  };
});

/** The packed pixel. */
function fromHsv(hue: number, saturation: number, value: number): number {
  const { top, low, moving, falls, progress } = hues[hue]!;
  const share = fround(saturation / 255);
  const lowest = (value * (1 - share) + 0.5) | 0;
  const moved = falls ? 1 - fround(share * progress) : 1 - share * (1 - progress);
  return (value << top) | (lowest << low) | (((value * moved + 0.5) | 0) << moving);
}
