import type { TrainEvent } from '@hash/core';
import { SingleBar } from 'cli-progress';
import type { Output } from '../surroundings.js';
import { BestSoFar } from './bestSoFar.js';
import { TrainingMeter } from './trainingMeter.js';

/** Shows how a training run goes. */
export interface Progress {
  readonly onEvent: (event: TrainEvent) => void;
  /** Clears what moves and leaves the cursor at the start of a line. */
  readonly stop: () => void;
}

/** Between lines where nobody watches a bar. */
const SECONDS_BETWEEN_LINES = 10;

/**
 * A bar that moves where the stream is a terminal; elsewhere a line for each epoch, and one every ten seconds.
 *
 * @param label    what is being trained: `16 bits`
 * @param seconds  a clock that never goes back
 */
export function showProgress(stream: Output, label: string, seconds: () => number): Progress {
  return stream.isTTY === true ? movingBar(stream, label, seconds) : plainLines(stream, label, seconds);
}

function plainLines(stream: Output, label: string, seconds: () => number): Progress {
  const meter = new TrainingMeter(seconds);
  const best = new BestSoFar();
  let last = -Infinity;
  const line = (...parts: string[]) => {
    last = seconds();
    stream.write(`${[label, ...parts].filter(Boolean).join('  ')}\n`);
  };
  return {
    onEvent(event) {
      meter.onEvent(event);
      if (event.type === 'start') last = seconds();
      if (event.type === 'epoch') line(meter.epoch(), meter.loss(), meter.pace());
      if (event.type === 'evaluation') line(meter.epoch(), best.describe(event.metrics, event.epoch));
      if (event.type === 'step' && seconds() - last >= SECONDS_BETWEEN_LINES) {
        const step = `step ${event.step + 1}/${event.stepsPerEpoch}`;
        line(meter.epoch(), step, meter.loss(), meter.pace());
      }
    },
    stop: () => {},
  };
}

function movingBar(stream: Output, label: string, seconds: () => number): Progress {
  const meter = new TrainingMeter(seconds);
  const best = new BestSoFar();
  const bar = new SingleBar({
    stream,
    clearOnComplete: true,
    gracefulExit: false,
    linewrap: true,
    barsize: 16,
    format: (options, { progress, value }) => {
      const filled = Math.round(progress * options.barsize!);
      const drawn = '━'.repeat(filled) + '╌'.repeat(options.barsize! - filled);
      const parts = [label, meter.epoch(), drawn, ...(value > 0 ? [meter.pace(), meter.loss()] : [])];
      return parts
        .filter(Boolean)
        .join('  ')
        .slice(0, (stream.columns ?? 80) - 1);
    },
  });
  return {
    onEvent(event) {
      meter.onEvent(event);
      if (event.type === 'start') bar.start(meter.steps.total, meter.steps.done);
      if (event.type === 'step') bar.update(meter.steps.done);
      if (event.type === 'evaluation') {
        const metrics = best.describe(event.metrics, event.epoch);
        stream.write(`\r\u001b[K${label}  ${meter.epoch()}  ${metrics}\n`);
      }
      if (event.type === 'end') {
        bar.stop();
        stream.write(`${[label, meter.epoch(), meter.loss()].filter(Boolean).join('  ')}\n`);
      }
    },
    stop: () => bar.stop(),
  };
}
