import {
  imageTensor,
  INFERENCE,
  plainView,
  tf,
  type Backbone,
  type Features,
  type Samples,
} from '@hash/core';

/** What a backbone says of each image as a whole, computed a batch at a time. */
export async function featuresOf(
  backbone: Backbone,
  samples: Samples,
  signal: AbortSignal,
): Promise<Features> {
  const { width, preprocessing } = backbone;
  const data = new Float32Array(samples.length * width);
  let at = 0;
  for await (const { views } of samples.batches({
    batchSize: 100,
    views: [plainView(preprocessing)],
    signal,
  })) {
    const pooled = tf.tidy(() => backbone.features(imageTensor(views[0]!), INFERENCE).pooled);
    data.set(await pooled.data<'float32'>(), at);
    at += pooled.size;
    pooled.dispose();
  }
  return { count: samples.length, width, data };
}
