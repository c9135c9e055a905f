import type { Worker } from 'node:worker_threads';
import { startModuleWorker } from '../io/moduleWorker.js';

/** A message to a worker, and the answer, told apart by number. */
export interface Task {
  readonly number: number;
  readonly request: unknown;
}

export type Answer =
  { readonly number: number; readonly reply: unknown } | { readonly number: number; readonly error: unknown };

interface Waiting {
  readonly resolve: (reply: unknown) => void;
  readonly reject: (error: unknown) => void;
}

/**
 * Worker threads that answer requests. They are started with the first request, do not keep the process alive while they
 * have nothing to do, and live until `close`.
 */
export class WorkerPool {
  readonly size: number;
  readonly #url: URL;
  readonly #workers = new Map<number, Worker>();
  readonly #waiting: Map<number, Waiting>[] = [];
  #number = 0;

  /**
   * @param url   of a module that calls `answerRequests`; it finds its place in the pool, from 0, in `workerData`
   * @param size  number of threads
   */
  constructor(url: URL, size: number) {
    this.#url = url;
    this.size = size;
  }

  /** Sends a request to one of the threads, from 0. */
  ask(thread: number, request: unknown): Promise<unknown> {
    const worker = this.#worker(thread);
    const number = this.#number++;
    const waiting = this.#waiting[thread]!;
    worker.ref();
    return new Promise((resolve, reject) => {
      waiting.set(number, { resolve, reject });
      worker.postMessage({ number, request } satisfies Task);
    }).finally(() => {
      waiting.delete(number);
      if (waiting.size === 0) worker.unref();
    });
  }

  /** Stops the threads; requests under way fail. */
  async close(): Promise<void> {
    await Promise.all(Array.from(this.#workers.values(), (worker) => worker.terminate()));
  }

  #worker(thread: number): Worker {
    return this.#workers.get(thread) ?? this.#start(thread);
  }

  #start(thread: number): Worker {
    const worker = startModuleWorker(this.#url, thread);
    const waiting = new Map<number, Waiting>();
    this.#workers.set(thread, worker);
    this.#waiting[thread] = waiting;
    const failAll = (error: Error) => {
      this.#workers.delete(thread);
      for (const { reject } of waiting.values()) reject(error);
    };
    worker.on('message', (answer: Answer) => {
      const { resolve, reject } = waiting.get(answer.number)!;
      if ('error' in answer) reject(answer.error);
      else resolve(answer.reply);
    });
    worker.on('error', failAll);
    worker.on('exit', () => failAll(new Error('WorkerPool: the thread was stopped before it had answered.')));
    return worker;
  }
}
