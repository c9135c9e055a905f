import {
  tf,
  type BackboneFeatures,
  type ParameterTree,
  type Preprocessing,
  type TwoTowerBackbone,
} from '@hash/core';
import type { CheckpointFormat, PublishedBackbone } from '../weights/checkpointFormat.js';
import { clipCheckpoint } from './clipCheckpoint.js';
import type { ClipImageTower } from './clipImageTower.js';
import type { ClipTextTower } from './clipTextTower.js';

/** The temperature of CLIP's contrastive loss that training starts from. */
const TEMPERATURE = 0.07;

/**
 * CLIP with the parameter names of OpenAI's checkpoints: two towers whose features of an image and of its caption are
 * alike.
 *
 * @see Radford et al., ICML 2021, arXiv:2103.00020
 */
export class Clip implements PublishedBackbone, TwoTowerBackbone {
  readonly name: string;
  readonly preprocessing: Preprocessing;
  readonly width: number;
  readonly text: ClipTextTower;
  readonly parameters: ParameterTree;
  readonly checkpoint: CheckpointFormat;
  readonly #image: ClipImageTower;

  /** @throws Error  where the towers' features differ in width */
  constructor(image: ClipImageTower, text: ClipTextTower) {
    if (image.width !== text.width) {
      throw new Error(`Clip: expected towers of the same width, but got ${image.width} and ${text.width}.`);
    }
    this.name = image.name;
    this.preprocessing = image.preprocessing;
    this.width = image.width;
    this.text = text;
    this.#image = image;
    const scale = tf.tidy(() => tf.variable(tf.scalar(Math.log(1 / TEMPERATURE))));
    this.parameters = { visual: image.parameters, ...text.parameters, logit_scale: scale };
    this.checkpoint = clipCheckpoint(true);
  }

  /** @param images  normalised pixels, [n, size, size, 3] */
  features(images: tf.Tensor4D): Required<BackboneFeatures> {
    return this.#image.features(images);
  }
}

/** CLIP's image tower alone, under the names that it has in the checkpoint: for methods without texts. */
export function clipForImages(image: ClipImageTower): PublishedBackbone {
  return {
    name: image.name,
    preprocessing: image.preprocessing,
    width: image.width,
    parameters: { visual: image.parameters },
    checkpoint: clipCheckpoint(false),
    features: (images) => image.features(images),
  };
}
