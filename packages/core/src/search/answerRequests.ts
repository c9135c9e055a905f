import { parentPort, type Transferable } from 'node:worker_threads';
import type { Answer, Task } from './workerPool.js';

/**
 * Answers the requests that a `WorkerPool` sends to this thread, one after the other.
 *
 * @param answer    makes the reply
 * @param transfer  what of the reply is handed over instead of copied
 */
export function answerRequests<Request, Reply>(
  answer: (request: Request) => Reply,
  transfer: (reply: Reply) => readonly Transferable[] = () => [],
): void {
  parentPort!.on('message', ({ number, request }: Task) => {
    try {
      const reply = answer(request as Request);
      parentPort!.postMessage({ number, reply } satisfies Answer, transfer(reply));
    } catch (error) {
      parentPort!.postMessage({ number, error } satisfies Answer);
    }
  });
}
