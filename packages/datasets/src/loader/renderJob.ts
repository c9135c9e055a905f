import type { RngState } from '@hash/core';
import type { CompleteOp } from '../augment/augmentSchema.js';

/** Which images to read, and what to make of them: plain data for a worker thread. */
export interface RenderJob {
  /** Where the items are in the data set, [n]. */
  readonly positions: Uint32Array;
  /** Where they are in their samples, [n]: what their random numbers depend on. */
  readonly indices: Uint32Array;
  readonly views: readonly (readonly CompleteOp[])[];
  /** Of the generator that each item and view forks; null where no pipeline is random. */
  readonly rng: RngState | null;
  /** One word: any number but 0 tells that the result is no longer wanted. */
  readonly cancelled: SharedArrayBuffer;
}
