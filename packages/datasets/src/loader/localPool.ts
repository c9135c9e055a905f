import { setImmediate } from 'node:timers/promises';
import { BatchRenderer } from './batchRenderer.js';
import type { ImageOrigin } from './imageSource.js';
import type { RenderPool } from './renderPool.js';

/** Renders in this thread, one batch when it is asked for. */
export function localPool(origin: ImageOrigin): RenderPool {
  let opened: Promise<BatchRenderer> | undefined;
  let disposed = false;
  return {
    ahead: 0,
    async render(job) {
      await setImmediate(); // lets signals and timers in
      if (disposed) throw new Error('batches: the data set has been disposed of.');
      return (await (opened ??= BatchRenderer.open(origin))).render(job);
    },
    async dispose() {
      disposed = true;
      // Who waits for a batch hears of what went wrong in opening.
      (await opened?.catch(() => undefined))?.close();
      opened = undefined;
    },
  };
}
