import { workerData } from 'node:worker_threads';
import type { ImageBatch } from '@hash/core';
import { BatchRenderer } from './batchRenderer.js';
import type { ImageOrigin } from './imageSource.js';
import type { RenderJob } from './renderJob.js';
import { carryOutJobs } from './carryOutJobs.js';

const renderer = await BatchRenderer.open(workerData as ImageOrigin);

carryOutJobs<RenderJob, ImageBatch[] | undefined>(
  (job) => renderer.render(job),
  (views = []) => views.map(({ data }) => data.buffer as ArrayBuffer),
);
