import { setImmediate } from 'node:timers/promises';
import { BatchRenderer } from './batchRenderer.js';
import type { ImageOrigin } from './imageSource.js';
import type { RenderPool } from './renderPool.js';

/** Renders in this thread, one batch when it is asked for. */
export function localPool(origin: ImageOrigin): RenderPool {
  let renderer: BatchRenderer | undefined = new BatchRenderer(origin);
  return {
    ahead: 0,
    async render(job) {
      await setImmediate(); // lets signals and timers in
      if (renderer === undefined) throw new Error('batches: the data set has been disposed of.');
      return renderer.render(job);
    },
    dispose() {
      renderer = undefined;
      return Promise.resolve();
    },
  };
}
