import { join } from 'node:path';
import type { TrainEvent } from '@hash/core';
import { EventFile } from './eventFile.js';

/** Writes what training tells to a folder for TensorBoard. */
export interface ScalarLog {
  readonly onEvent: (event: TrainEvent) => void;
  readonly close: () => void;
}

/**
 * Loss terms and learning rate of each step and the metrics of each evaluation, over the steps. A resumed run begins a
 * file of its own, from the step of its checkpoint; a stage of training has a folder of its own.
 *
 * @param now  the time of day
 */
export function scalarLog(folder: string, now: () => Date): ScalarLog {
  const time = () => now().getTime() / 1000;
  let file: EventFile | undefined;
  let stepsPerEpoch = 0;
  const close = () => {
    file?.close();
    file = undefined;
  };
  return {
    close,
    onEvent(event) {
      if (event.type === 'start') {
        close();
        ({ stepsPerEpoch } = event);
        file = new EventFile(join(folder, event.stage ?? ''), time());
        file.write({ time: time(), step: event.epoch * stepsPerEpoch, sessionStart: true });
      } else if (event.type === 'step') {
        file?.write({ time: time(), step: event.epoch * stepsPerEpoch + event.step, scalars: ofStep(event) });
      } else if (event.type === 'evaluation') {
        const scalars = Object.fromEntries(event.metrics.map(({ name, value }) => [name, value]));
        file?.write({ time: time(), step: (event.epoch + 1) * stepsPerEpoch, scalars });
      }
    },
  };
}

function ofStep({ terms, learningRate }: Extract<TrainEvent, { type: 'step' }>): Record<string, number> {
  const { loss, ...others } = terms;
  const named = Object.entries(others).map(([term, value]) => [`loss/${term}`, value] as const);
  return {
    ...(loss === undefined ? {} : { loss }),
    ...Object.fromEntries(named),
    'learning rate': learningRate,
  };
}
