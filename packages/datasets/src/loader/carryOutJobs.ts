import { parentPort, type Transferable } from 'node:worker_threads';

/** What a worker thread is told ... */
export interface Request<Job> {
  readonly id: number;
  readonly job: Job;
}

/** ... and what it answers. */
export type Answer<Result> =
  { readonly id: number; readonly result: Result } | { readonly id: number; readonly error: unknown };

/**
 * In a worker thread: carries out the jobs of a `ThreadPool`, one after another.
 *
 * @param memory  of a result, to be given away instead of copied
 */
export function carryOutJobs<Job, Result>(
  carryOut: (job: Job) => Promise<Result>,
  memory: (result: Result) => Transferable[],
): void {
  let last = Promise.resolve();
  const answer = async ({ id, job }: Request<Job>) => {
    try {
      const result = await carryOut(job);
      parentPort!.postMessage({ id, result } satisfies Answer<Result>, memory(result));
    } catch (error) {
      parentPort!.postMessage({ id, error } satisfies Answer<Result>);
    }
  };
  parentPort!.on('message', (request: Request<Job>) => {
    last = last.then(() => answer(request));
  });
}
