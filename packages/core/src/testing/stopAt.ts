import type { FitOptions } from '../training/fitOptions.js';

export interface StopPlace {
  /** Of the stage that is to be stopped; the first that comes so far by default. */
  readonly stage?: string;
  readonly epoch: number;
  readonly step: number;
}

/** Options for `fit` that interrupt it after a step, as Ctrl-C does. */
export function stopAt({ stage, epoch, step }: StopPlace): Pick<FitOptions, 'signal' | 'onEvent'> {
  const abort = new AbortController();
  let current: string | undefined;
  return {
    signal: abort.signal,
    onEvent: (event) => {
      if (event.type === 'start') current = event.stage;
      if (
        event.type === 'step' &&
        (stage ?? current) === current &&
        event.epoch === epoch &&
        event.step === step
      )
        abort.abort();
    },
  };
}
