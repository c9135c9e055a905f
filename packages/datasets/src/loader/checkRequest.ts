import type { BatchRequest } from '@hash/core';
import type { CompleteOp } from '../augment/augmentSchema.js';
import { compileOps, isRandom } from '../augment/compileOps.js';
import { parseAugment } from '../augment/parseAugment.js';
import { checkOrder } from './checkOrder.js';

/**
 * Checks a request for batches of `length` items.
 *
 * @returns its views, with what they leave out
 * @throws RangeError or TypeError  that says what is wrong with it
 */
export function checkRequest(
  { order, batchSize, views, rng }: BatchRequest,
  length: number,
): readonly (readonly CompleteOp[])[] {
  if (!Number.isInteger(batchSize) || batchSize < 1) {
    throw new RangeError(`batches: expected batchSize to be an integer of at least 1, but got ${batchSize}.`);
  }
  if (order !== undefined) checkOrder(order, length);
  return views.map((view, v) => {
    const ops = parseAugment(view, `view ${v}`);
    if (isRandom(compileOps(ops, `view ${v}`)) && rng === undefined) {
      throw new TypeError(
        `batches: expected rng, which the random ops of view ${v} draw from, but got none.`,
      );
    }
    return ops;
  });
}
