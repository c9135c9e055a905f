import type { Worker } from 'node:worker_threads';
import { startModuleWorker } from '@hash/core/data';
import type { Answer, Request } from './carryOutJobs.js';

interface Waiting<Result> {
  readonly resolve: (result: Result) => void;
  readonly reject: (error: unknown) => void;
}

/** A place for a worker thread, which is started with its first job, and started anew if it has died. */
interface Slot<Result> {
  worker: Worker | undefined;
  readonly waiting: Map<number, Waiting<Result>>;
}

/** Worker threads that carry out jobs: each job goes to the thread that has the least to do. */
export class ThreadPool<Job, Result> {
  /** Two jobs for each thread, so that it has the next one when this thread is too busy to give it one. */
  readonly ahead: number;
  readonly #url: URL;
  readonly #data: unknown;
  readonly #slots: readonly Slot<Result>[];
  #jobs = 0;
  #disposed = false;

  /**
   * @param url   of a module that calls {@link carryOutJobs}
   * @param data  what it finds in `workerData`
   */
  constructor(url: URL, data: unknown, workers: number) {
    this.#url = url;
    this.#data = data;
    this.#slots = Array.from({ length: workers }, () => ({ worker: undefined, waiting: new Map() }));
    this.ahead = 2 * workers;
  }

  carryOut(job: Job): Promise<Result> {
    if (this.#disposed) return Promise.reject(new Error('batches: the data set has been disposed of.'));
    const slot = this.#slots.reduce((least, other) =>
      other.waiting.size < least.waiting.size ? other : least,
    );
    const worker = (slot.worker ??= this.#start(slot));
    const request: Request<Job> = { id: this.#jobs++, job };
    return new Promise((resolve, reject) => {
      slot.waiting.set(request.id, { resolve, reject });
      worker.ref();
      worker.postMessage(request);
    });
  }

  async dispose(): Promise<void> {
    this.#disposed = true;
    await Promise.all(this.#slots.map(async ({ worker }) => worker?.terminate()));
  }

  /** A thread keeps the program running only while it has something to do. */
  #start(slot: Slot<Result>): Worker {
    const worker = startModuleWorker(this.#url, this.#data);
    let reason: unknown;
    worker.unref();
    worker.on('message', (answer: Answer<Result>) => {
      settle(slot, answer);
      if (slot.waiting.size === 0) worker.unref();
    });
    worker.on('error', (error) => (reason = error));
    worker.on('exit', (code) => {
      slot.worker = undefined;
      reason ??= new Error(
        this.#disposed
          ? 'batches: the data set has been disposed of.'
          : `batches: a worker thread ended with code ${code} before it was done.`,
      );
      for (const { reject } of slot.waiting.values()) reject(reason);
      slot.waiting.clear();
    });
    return worker;
  }
}

function settle<Result>({ waiting }: Slot<Result>, answer: Answer<Result>): void {
  const { resolve, reject } = waiting.get(answer.id)!;
  waiting.delete(answer.id);
  if ('error' in answer) reject(answer.error);
  else resolve(answer.result);
}
