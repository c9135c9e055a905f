import type { ImageBatch } from '@hash/core';
import type { ImageOrigin } from './imageSource.js';
import { localPool } from './localPool.js';
import type { RenderJob } from './renderJob.js';
import type { RenderPool } from './renderPool.js';
import { ThreadPool } from './threadPool.js';

/** Renders in `workers` threads, each batch in one of them; in this thread where there are none. */
export function openPool(origin: ImageOrigin, workers: number): RenderPool {
  if (workers === 0) return localPool(origin);
  const url = new URL('./renderWorker.js', import.meta.url);
  const threads = new ThreadPool<RenderJob, ImageBatch[] | undefined>(url, origin, workers);
  return {
    ahead: threads.ahead,
    render: (job) => threads.carryOut(job),
    dispose: () => threads.dispose(),
  };
}
