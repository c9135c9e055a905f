import type { Worker } from 'node:worker_threads';
import { startModuleWorker, type ImageBatch } from '@hash/core';
import type { ImageOrigin } from './imageSource.js';
import type { RenderJob } from './renderJob.js';
import type { RenderAnswer, RenderRequest } from './renderMessages.js';
import type { RenderPool } from './renderPool.js';

interface Waiting {
  readonly resolve: (views: ImageBatch[] | undefined) => void;
  readonly reject: (error: unknown) => void;
}

/** A place for a worker thread, which is started with its first job, and started anew if it has died. */
interface Slot {
  worker: Worker | undefined;
  readonly waiting: Map<number, Waiting>;
}

/** Renders in worker threads: each batch in one thread, that which has the least to do. */
export class WorkerPool implements RenderPool {
  /** Two jobs for each thread, so that it has the next one when this thread is too busy to give it one. */
  readonly ahead: number;
  readonly #origin: ImageOrigin;
  readonly #slots: readonly Slot[];
  #jobs = 0;
  #disposed = false;

  constructor(origin: ImageOrigin, workers: number) {
    this.#origin = origin;
    this.#slots = Array.from({ length: workers }, () => ({ worker: undefined, waiting: new Map() }));
    this.ahead = 2 * workers;
  }

  render(job: RenderJob): Promise<ImageBatch[] | undefined> {
    if (this.#disposed) return Promise.reject(new Error('batches: the data set has been disposed of.'));
    const slot = this.#slots.reduce((least, other) =>
      other.waiting.size < least.waiting.size ? other : least,
    );
    const worker = (slot.worker ??= this.#start(slot));
    const request: RenderRequest = { id: this.#jobs++, job };
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
  #start(slot: Slot): Worker {
    const worker = startModuleWorker(new URL('./renderWorker.js', import.meta.url), this.#origin);
    let reason: unknown;
    worker.unref();
    worker.on('message', (answer: RenderAnswer) => {
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

function settle({ waiting }: Slot, answer: RenderAnswer): void {
  const { resolve, reject } = waiting.get(answer.id)!;
  waiting.delete(answer.id);
  if ('error' in answer) reject(answer.error);
  else resolve(answer.views);
}
