const { fround } = Math;

/** The divisions of Pillow's conversion to 8-bit HSV, done once for every outcome: they are most of its time. */
export interface HsvTables {
  /** [value, chroma] to saturation, 0 to 255. */
  readonly saturation: Uint8Array;
  /** [order, chroma, middle] to hue, 0 to 255, where 0 and 255 are both red; for `order` see {@link channelOrder}. */
  readonly hue: Uint8Array;
}

/** By order: whether red, green and blue are the highest (0), the middle (1) or the lowest (2) of a colour. */
const ORDERS = [
  [0, 1, 2],
  [0, 2, 1],
  [1, 0, 2],
  [2, 0, 1],
  [1, 2, 0],
  [2, 1, 0],
] as const;

/** Which of the six orders its channels are in. */
export function channelOrder(
  red: number,
  green: number,
  blue: number,
  highest: number,
  lowest: number,
): number {
  if (red === highest) return blue === lowest ? 0 : 1;
  if (green === highest) return blue === lowest ? 2 : 3;
  return green === lowest ? 4 : 5;
}

export function makeHsvTables(): HsvTables {
  const saturation = new Uint8Array(256 * 256);
  const hue = new Uint8Array(ORDERS.length * 256 * 256);
  for (let value = 1; value < 256; value++) {
    for (let chroma = 0; chroma <= value; chroma++) {
      saturation[(value << 8) | chroma] = fround(chroma / value) * 255;
    }
  }
  ORDERS.forEach(([red, green, blue], order) => {
    for (let chroma = 1; chroma < 256; chroma++) {
      for (let middle = 0; middle <= chroma; middle++) {
        // How far a channel is below the highest, as a share of the chroma.
        const depths = [0, fround((chroma - middle) / chroma), 1] as const;
        hue[(order << 16) | (chroma << 8) | middle] = hueOf(depths[red], depths[green], depths[blue]);
      }
    }
  });
  return { saturation, hue };
}

/** Rounds to float32 and to float64 where Pillow does. */
function hueOf(red: number, green: number, blue: number): number {
  const sixths =
    red === 0 ? fround(blue - green) : green === 0 ? fround(2 + red - blue) : fround(4 + green - red);
  return fround((sixths / 6 + 1) % 1) * 255;
}
