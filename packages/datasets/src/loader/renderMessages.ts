import type { ImageBatch } from '@hash/core';
import type { RenderJob } from './renderJob.js';

/** What a render worker is told ... */
export interface RenderRequest {
  readonly id: number;
  readonly job: RenderJob;
}

/** ... and what it answers; `views` is missing if the job was cancelled. */
export type RenderAnswer =
  | { readonly id: number; readonly views: ImageBatch[] | undefined }
  | { readonly id: number; readonly error: unknown };
