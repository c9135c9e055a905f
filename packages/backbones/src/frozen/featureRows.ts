import {
  imageTensor,
  INFERENCE,
  tf,
  type AugmentSpec,
  type Backbone,
  type Rng,
  type Samples,
} from '@hash/core';
import { packFeatures } from './packedFeatures.js';

export interface FeatureRowsOptions {
  readonly view: AugmentSpec;
  /** Seeds the view, where it is random. */
  readonly rng?: Rng;
  /** Whether features of the places follow that of the image. */
  readonly places: boolean;
  /** Position of the first sample; 0 by default. */
  readonly from?: number;
  /** Images that pass the network at once; 32 by default. */
  readonly batchSize?: number;
  readonly signal?: AbortSignal;
}

/**
 * Computes features of samples in their order, by batches: [n, 1 + places, width], as `packFeatures` lays them out.
 *
 * @throws Error  where the samples have no images; the signal's reason when aborted
 */
export async function* featureRows(
  backbone: Backbone,
  samples: Samples,
  { view, rng, places, from = 0, batchSize = 32, signal }: FeatureRowsOptions,
): AsyncGenerator<Float32Array> {
  const order = Uint32Array.from({ length: samples.length - from }, (_, i) => from + i);
  for await (const { views } of samples.batches({ order, batchSize, views: [view], rng, signal })) {
    const packed = tf.tidy(() => packFeatures(backbone.features(imageTensor(views[0]!), INFERENCE), places));
    const rows = await packed.data<'float32'>();
    packed.dispose();
    yield rows;
  }
}

/** Vectors for each image, 1 + places, found by passing a black one. */
export function vectorsPerImage(backbone: Backbone): number {
  const { size } = backbone.preprocessing;
  return tf.tidy(() => {
    const features = backbone.features(tf.zeros([1, size, size, 3]), INFERENCE);
    return packFeatures(features, true).shape[1];
  });
}
