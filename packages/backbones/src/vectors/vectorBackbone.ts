import { tf, type BackboneFeatures } from '@hash/core';
import { z } from 'zod';
import { catalogueEntry, type CatalogueEntry } from '../catalogue/catalogueEntry.js';
import type { PublishedBackbone } from '../weights/checkpointFormat.js';
import { torchCheckpoint } from '../weights/torchCheckpoint.js';

const schema = z.strictObject({
  width: z.int().min(1).default(512).describe('numbers in the vector of an image'),
});

/**
 * Stands where a network would for data whose images are vectors: hands these on, and has nothing to learn. Whatever a
 * method does to pixels beforehand does nothing to them.
 *
 * @param name   as the catalogue has it
 * @param width  of the vectors
 */
export function vectorBackbone(name: string, width: number): PublishedBackbone {
  return {
    name,
    width,
    preprocessing: { size: 1, interpolation: 'bilinear', mean: [0, 0, 0], std: [1, 1, 1] },
    parameters: {},
    checkpoint: torchCheckpoint(/^$/),
    features: (images) => ({ pooled: pooled(images, name, width) }),
  };
}

/** @param images  [n, 1, 1, width] */
function pooled(images: tf.Tensor4D, name: string, width: number): BackboneFeatures['pooled'] {
  const [n, height, across, channels] = images.shape;
  if (height === 1 && across === 1 && channels === width) return tf.reshape(images, [n, width]);
  throw new Error(
    `The backbone ${name} takes vectors of ${width} numbers in the place of images, [n, 1, 1, ${width}], ` +
      `but got [${images.shape.join(', ')}].`,
  );
}

/** No network: for features that were computed elsewhere. */
export const VECTOR_NETWORKS: Readonly<Record<string, CatalogueEntry>> = {
  vectors: catalogueEntry(null, schema, (name, { width }) => vectorBackbone(name, width)),
};
