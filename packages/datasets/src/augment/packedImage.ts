import type { RgbImage } from '../image/rgbImage.js';

/**
 * An image that the ops work on, one 32-bit word a pixel: `red | green << 8 | blue << 16`. JavaScript checks the bounds
 * of every access, so that one for a pixel instead of three makes most ops faster by half. Its memory grows to the
 * largest size asked for and stays.
 */
export class PackedImage {
  width = 0;
  height = 0;
  /** [height, width] and at least one more, so that `resample` may read a pair where there is but one. */
  pixels = new Int32Array(1);

  /** Sets the size. The pixels are whatever was there before. */
  resize(width: number, height: number): this {
    this.width = width;
    this.height = height;
    if (this.pixels.length <= width * height) this.pixels = new Int32Array(width * height + 1);
    return this;
  }

  /** Takes over the size and the pixels of `image`. */
  copy(image: RgbImage): this {
    const { width, height, data } = image;
    const { pixels } = this.resize(width, height);
    for (let i = 0, from = 0; i < width * height; i++, from += 3) {
      pixels[i] = data[from]! | (data[from + 1]! << 8) | (data[from + 2]! << 16);
    }
    return this;
  }

  /** The pixels, [height, width, 3]. */
  toBytes(): Uint8Array<ArrayBuffer> {
    const { width, height, pixels } = this;
    const bytes = new Uint8Array(width * height * 3);
    for (let i = 0, to = 0; to < bytes.length; i++, to += 3) {
      const pixel = pixels[i]!;
      bytes[to] = pixel;
      bytes[to + 1] = pixel >> 8;
      bytes[to + 2] = pixel >> 16;
    }
    return bytes;
  }
}
