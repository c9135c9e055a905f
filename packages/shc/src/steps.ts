import { setImmediate } from 'node:timers/promises';

/** A long computation that stops for breath after each step, tells how far it is, and returns its result at the end. */
export type Steps<Result> = Generator<SearchProgress, Result>;

export interface SearchProgress {
  /** `start`: first centres; `cycle`: towards the similarity; `descent`: bit by bit. */
  readonly phase: 'start' | 'cycle' | 'descent';
  /** From 0. */
  readonly round: number;
}

/** Runs to the end without a break. */
export function runSteps<Result>(steps: Steps<Result>): Result {
  let step = steps.next();
  while (!step.done) step = steps.next();
  return step.value;
}

/**
 * Runs to the end and lets timers, files and signals have their turn between the steps.
 *
 * @throws the signal's reason, once it has fired
 */
export async function runStepsInTurns<Result>(
  steps: Steps<Result>,
  { signal, onStep }: { signal?: AbortSignal; onStep?: (progress: SearchProgress) => void } = {},
): Promise<Result> {
  for (let step = steps.next(); ; step = steps.next()) {
    signal?.throwIfAborted();
    if (step.done) return step.value;
    onStep?.(step.value);
    await setImmediate();
  }
}
