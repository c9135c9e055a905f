import { imageTensor, INFERENCE, tf, type AugmentSpec, type Samples } from '@hash/core';
import type { ShcNetwork } from './network.js';

export interface ClassLogitsOptions {
  readonly batchSize: number;
  /** Without random ops. */
  readonly view: AugmentSpec;
  /** Which images, by position; all by default. */
  readonly order?: Uint32Array;
  readonly signal?: AbortSignal;
}

/**
 * Outputs of a classifier for images, in their order.
 *
 * @returns [images, classes]
 * @throws the signal's reason, once it has fired
 */
export async function classLogits(
  network: ShcNetwork,
  samples: Samples,
  { batchSize, view, order, signal }: ClassLogitsOptions,
): Promise<Float32Array> {
  const parts: Float32Array[] = [];
  for await (const { views } of samples.batches({ order, batchSize, views: [view], signal })) {
    const logits = tf.tidy(() => network.apply(imageTensor(views[0]!), INFERENCE)); // [n, classes]
    parts.push((await logits.data<'float32'>()).slice());
    logits.dispose();
    signal?.throwIfAborted();
  }
  signal?.throwIfAborted();
  const all = new Float32Array(parts.reduce((length, part) => length + part.length, 0));
  let at = 0;
  for (const part of parts) {
    all.set(part, at);
    at += part.length;
  }
  return all;
}
