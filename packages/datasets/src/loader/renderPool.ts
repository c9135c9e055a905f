import type { ImageBatch } from '@hash/core';
import type { RenderJob } from './renderJob.js';

/** Carries out render jobs, here or in other threads. */
export interface RenderPool {
  /** Jobs that are worth having under way at once, beyond the one that is waited for. */
  readonly ahead: number;
  /** Where images are vectors: numbers in each. */
  readonly vectorWidth?: number;
  /** @returns nothing if the job was cancelled */
  render(job: RenderJob): Promise<ImageBatch[] | undefined>;
  dispose(): Promise<void>;
}
