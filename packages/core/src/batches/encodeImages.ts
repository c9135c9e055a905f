import type { BinaryCodes } from '../codes/binaryCodes.js';
import type { AugmentSpec } from '../contracts/augment.js';
import type { Modality, Samples } from '../contracts/dataset.js';
import type { tf } from '../tf.js';
import { encodeSamples } from './encodeSamples.js';
import { imageTensor } from './imageTensor.js';

export interface ImageEncoding {
  /** Named in errors: `WCH`. */
  readonly method: string;
  readonly modality: Modality;
  readonly batchSize: number;
  /** Without random ops, so that a code does not depend on chance. */
  readonly view: AugmentSpec;
}

/**
 * Codes of the images of all samples in their order: `Trainer.encode` of a method for images alone.
 *
 * @param relaxed  the outputs of the hash layer for images [n, size, size, 3], [n, bits]; >= 0 is bit 1
 * @throws Error where another modality is asked for, or the samples have no images
 */
export async function encodeImages(
  samples: Samples,
  { method, modality, batchSize, view }: ImageEncoding,
  relaxed: (images: tf.Tensor4D) => tf.Tensor2D,
): Promise<BinaryCodes> {
  if (modality !== 'image') {
    throw new Error(`${method} encodes images, but was asked for the modality '${modality}'.`);
  }
  requireImages(samples, method);
  return encodeSamples(samples, { batchSize, views: [view] }, ({ views }) => relaxed(imageTensor(views[0]!)));
}

/** @throws Error where the samples have no images */
export function requireImages({ modalities }: Samples, method: string): void {
  if (modalities.includes('image')) return;
  throw new Error(`${method} needs images, but the data have: ${modalities.join(', ')}.`);
}
