import { setImmediate } from 'node:timers/promises';
import { BatchRenderer } from './batchRenderer.js';
import type { ImageOrigin } from './imageSource.js';
import type { RenderPool } from './renderPool.js';

/** Renders in this thread, one batch after another. */
export function localPool(origin: ImageOrigin): RenderPool {
  let opened: Promise<BatchRenderer> | undefined;
  let disposed = false;
  let last: Promise<unknown> = Promise.resolve();
  return {
    ahead: 0,
    render(job) {
      // Jobs share the renderer's memory, and between two of them signals and timers are let in.
      const result = last.then(async () => {
        await setImmediate();
        if (disposed) throw new Error('batches: the data set has been disposed of.');
        return (await (opened ??= BatchRenderer.open(origin))).render(job);
      });
      last = result.catch(() => undefined);
      return result;
    },
    async dispose() {
      disposed = true;
      await last;
      // Who waits for a batch hears of what went wrong in opening.
      (await opened?.catch(() => undefined))?.close();
      opened = undefined;
    },
  };
}
