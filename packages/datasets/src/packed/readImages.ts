import { setImmediate } from 'node:timers/promises';
import type { ListedFiles } from '../files/listedFiles.js';
import { ThreadPool } from '../loader/threadPool.js';
import type { PackKind } from './pack.js';
import { readImage, type ReadJob, type ReadResult } from './readImage.js';

export interface ReadImagesOptions {
  readonly kind?: PackKind;
  /** Threads that read; 0: this one. */
  readonly workers: number;
  readonly signal?: AbortSignal;
}

/** Reads images a few ahead in worker threads, and yields them in the order of their positions. */
export async function* readImages(
  files: ListedFiles,
  positions: readonly number[],
  { kind, workers, signal }: ReadImagesOptions,
): AsyncGenerator<{ readonly position: number; readonly result: ReadResult }> {
  const url = new URL('./readWorker.js', import.meta.url);
  const threads = new ThreadPool<ReadJob, ReadResult>(
    url,
    { ...files, packs: [] } satisfies ListedFiles,
    workers,
  );
  const read = async (job: ReadJob) => {
    if (workers > 0) return threads.carryOut(job);
    await setImmediate(); // lets signals and timers in
    return readImage(files, job);
  };
  const underWay: Promise<ReadResult>[] = [];
  let begun = 0;
  try {
    for (const position of positions) {
      signal?.throwIfAborted();
      for (; begun < positions.length && underWay.length <= threads.ahead; begun++) {
        underWay.push(read({ position: positions[begun]!, kind }));
      }
      yield { position, result: await underWay.shift()! };
    }
  } finally {
    for (const unwanted of underWay) unwanted.catch(() => undefined);
    await threads.dispose();
  }
}
