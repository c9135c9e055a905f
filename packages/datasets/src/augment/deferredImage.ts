import type { Interpolation } from '@hash/core';
import type { RgbImage } from '../image/rgbImage.js';
import { crop, type Box, type Size } from './crop.js';
import { PackedImage } from './packedImage.js';
import { resample } from './resample.js';

/**
 * An image whose crops and scaling wait until its pixels are asked for, so that what a crop drops is never computed. It
 * owns its memory and takes one image after another.
 */
export class DeferredImage implements Size {
  #image = new PackedImage();
  #spare = new PackedImage();
  /** What there is to do: take a part of the image, scale it, take a part of that. */
  #part: Box = wholeOf(this.#image);
  #scaling: { readonly size: Size; readonly interpolation: Interpolation } | undefined;
  #window: Box = this.#part;

  get width(): number {
    return this.#window.width;
  }

  get height(): number {
    return this.#window.height;
  }

  load(image: RgbImage): void {
    this.#become(this.#image.copy(image));
  }

  /** Keeps a part; beyond the image it is black. */
  crop(box: Box): void {
    if (!contains(this, box)) this.#exchange(crop(this.pixels(), box, this.#spare));
    else this.#window = { ...box, left: this.#window.left + box.left, top: this.#window.top + box.top };
  }

  /** Scales to `size`, antialiased as Pillow does. */
  scale(size: Size, interpolation: Interpolation): void {
    if (size.width === this.width && size.height === this.height) return;
    if (this.#scaling !== undefined) this.pixels();
    this.#part = this.#window;
    this.#scaling = { size, interpolation };
    this.#window = wholeOf(size);
  }

  /** Does what there is to do. */
  pixels(): PackedImage {
    if (this.#scaling === undefined) {
      this.#exchange(crop(this.#image, this.#window, this.#spare));
    } else {
      const { size, interpolation } = this.#scaling;
      this.#exchange(resample(this.#image, this.#part, size, this.#window, interpolation, this.#spare));
    }
    return this.#image;
  }

  /** Goes on with `result`, which is the image as it was or the spare one. */
  #exchange(result: PackedImage): void {
    if (result === this.#spare) this.#spare = this.#image;
    this.#become(result);
  }

  #become(image: PackedImage): void {
    this.#image = image;
    this.#part = wholeOf(image);
    this.#scaling = undefined;
    this.#window = this.#part;
  }
}

function wholeOf({ width, height }: Size): Box {
  return { left: 0, top: 0, width, height };
}

function contains(image: Size, { left, top, width, height }: Box): boolean {
  return left >= 0 && top >= 0 && left + width <= image.width && top + height <= image.height;
}
