import type { RgbImage } from './rgbImage.js';

/** An image to write into, over and over: its memory grows to the largest size asked for and stays. */
export class PixelBuffer implements RgbImage {
  width = 0;
  height = 0;
  data = new Uint8Array(0);

  /** Sets the size. The pixels are whatever was there before. */
  resize(width: number, height: number): this {
    this.width = width;
    this.height = height;
    const length = width * height * 3;
    if (this.data.length < length) this.data = new Uint8Array(length);
    return this;
  }
}
