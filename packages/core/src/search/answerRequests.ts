import { parentPort } from 'node:worker_threads';
import type { Answer, Task } from './workerPool.js';

/**
 * Answers the requests that a `WorkerPool` sends to this thread, one after the other.
 */
export function answerRequests<Request>(answer: (request: Request) => unknown): void {
  parentPort!.on('message', ({ number, request }: Task) => {
    try {
      parentPort!.postMessage({ number, reply: answer(request as Request) } satisfies Answer);
    } catch (error) {
      parentPort!.postMessage({ number, error } satisfies Answer);
    }
  });
}
