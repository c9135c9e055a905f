import { tf } from '../tf.js';

/** How many tensors `work` leaves behind, beyond those that it returns; run twice, so that caches do not count. */
export async function leakedTensors(work: () => unknown): Promise<number> {
  await work();
  const before = tf.memory().numTensors;
  await work();
  return tf.memory().numTensors - before;
}
