import type { BinaryCodes } from '../codes/binaryCodes.js';
import { concatCodes } from '../codes/concatCodes.js';
import { packCodes } from '../codes/packCodes.js';
import type { BatchRequest, Batch, Samples } from '../contracts/dataset.js';
import { tf } from '../tf.js';

/**
 * Codes of all samples in their order, a batch at a time.
 *
 * @param request  batch size and view; no random op, so that a code does not depend on chance
 * @param relaxed  the outputs of the hash layer, [n, bits]; >= 0 is bit 1. Called in a tidy scope
 */
export async function encodeSamples(
  samples: Samples,
  request: Pick<BatchRequest, 'batchSize' | 'views' | 'signal'>,
  relaxed: (batch: Batch) => tf.Tensor2D,
): Promise<BinaryCodes> {
  const parts: BinaryCodes[] = [];
  for await (const batch of samples.batches(request)) {
    const outputs = tf.tidy(() => relaxed(batch));
    const [count, bits] = outputs.shape;
    parts.push(packCodes(await outputs.data(), count, bits));
    outputs.dispose();
  }
  return concatCodes(parts);
}
