import type { BatchRequest } from '@hash/core';
import { compileAugment, isRandom } from '../augment/index.js';
import { checkOrder } from './checkOrder.js';

/** @throws RangeError or TypeError  that says what is wrong with a request for batches of `length` items */
export function checkRequest({ order, batchSize, views, rng }: BatchRequest, length: number): void {
  if (!Number.isInteger(batchSize) || batchSize < 1) {
    throw new RangeError(`batches: expected batchSize to be an integer of at least 1, but got ${batchSize}.`);
  }
  if (order !== undefined) checkOrder(order, length);
  views.forEach((view, v) => {
    if (isRandom(compileAugment(view, `view ${v}`)) && rng === undefined) {
      throw new TypeError(
        `batches: expected rng, which the random ops of view ${v} draw from, but got none.`,
      );
    }
  });
}
