import { parentPort, workerData } from 'node:worker_threads';
import { BatchRenderer } from './batchRenderer.js';
import type { ImageOrigin } from './imageSource.js';
import type { RenderAnswer, RenderRequest } from './renderMessages.js';

const renderer = await BatchRenderer.open(workerData as ImageOrigin);

parentPort!.on('message', ({ id, job }: RenderRequest) => {
  let answer: RenderAnswer;
  try {
    answer = { id, views: renderer.render(job) };
  } catch (error) {
    answer = { id, error };
  }
  const pixels = 'views' in answer ? (answer.views ?? []).map(({ data }) => data.buffer as ArrayBuffer) : [];
  parentPort!.postMessage(answer, pixels);
});
