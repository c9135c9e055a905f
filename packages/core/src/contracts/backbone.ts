import type { ForwardPass, Module } from '../nn/module.js';
import type { tf } from '../tf.js';
import type { Interpolation, Rgb } from './augment.js';
import type { TextBackbone } from './text.js';

/** How the images of a network were prepared when it was trained. It travels with the weights. */
export interface Preprocessing {
  /** Side of the square input, in pixels. */
  readonly size: number;
  readonly interpolation: Interpolation;
  /** Of pixels in [0, 1]. */
  readonly mean: Rgb;
  readonly std: Rgb;
}

export interface Backbone extends Module {
  /** For example `vit-b16`. */
  readonly name: string;
  readonly preprocessing: Preprocessing;
  /** Features per image, and per token. */
  readonly width: number;
  /** @param images  normalised pixels, [n, size, size, 3] */
  features(images: tf.Tensor4D, pass: ForwardPass): BackboneFeatures;
}

/** Two networks that were trained to give an image and its caption like features of the same width, as CLIP is. */
export interface TwoTowerBackbone extends Backbone {
  /** Its parameters are among those of the whole. */
  readonly text: TextBackbone;
}

export interface BackboneFeatures {
  /** One vector for each image as the published network forms it (class token, or global average), [n, width]. */
  readonly pooled: tf.Tensor2D;
  /** One vector for each place of the image, without the class token, [n, places, width]. */
  readonly tokens?: tf.Tensor3D;
}
