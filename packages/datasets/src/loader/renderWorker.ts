import { parentPort, workerData } from 'node:worker_threads';
import { BatchRenderer } from './batchRenderer.js';
import type { ImageOrigin } from './imageSource.js';
import type { RenderAnswer, RenderRequest } from './renderMessages.js';

const renderer = await BatchRenderer.open(workerData as ImageOrigin);
/** One job after another: they share the renderer's memory. */
let last = Promise.resolve();

parentPort!.on('message', (request: RenderRequest) => {
  last = last.then(() => answer(request));
});

async function answer({ id, job }: RenderRequest): Promise<void> {
  try {
    const views = await renderer.render(job);
    const pixels = (views ?? []).map(({ data }) => data.buffer as ArrayBuffer);
    parentPort!.postMessage({ id, views } satisfies RenderAnswer, pixels);
  } catch (error) {
    parentPort!.postMessage({ id, error } satisfies RenderAnswer);
  }
}
