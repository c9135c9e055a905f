import type { LossTerms, TrainEvent } from '@hash/core';
import { formatDuration } from './formatDuration.js';

/** Follows the events of a training run by a clock: where it stands, its loss, its speed and the time it still needs. */
export class TrainingMeter {
  readonly #seconds: () => number;
  #started = 0;
  #samples = 0;
  /** Steps done before the first one seen here: those of earlier sessions. */
  #before: number | undefined;
  #epoch = 0;
  #epochs = 0;
  #stepsPerEpoch = 0;
  #stepsDone = 0;
  #terms: LossTerms = {};

  /** @param seconds  a clock that never goes back */
  constructor(seconds: () => number) {
    this.#seconds = seconds;
  }

  get steps(): { readonly done: number; readonly total: number } {
    return { done: this.#stepsDone, total: this.#epochs * this.#stepsPerEpoch };
  }

  onEvent(event: TrainEvent): void {
    if (event.type === 'start') {
      this.#started = this.#seconds();
      this.#epochs = event.epochs;
      this.#stepsPerEpoch = event.stepsPerEpoch;
      this.#epoch = event.epoch;
      this.#stepsDone = event.epoch * event.stepsPerEpoch;
    } else if (event.type === 'step') {
      this.#epoch = event.epoch;
      const steps = event.epoch * event.stepsPerEpoch + event.step;
      this.#before ??= steps;
      this.#stepsDone = steps + 1;
      this.#samples += event.batchSize;
      this.#terms = event.terms;
    } else if (event.type === 'epoch') {
      this.#epoch = event.epoch;
      this.#terms = event.terms;
    }
  }

  /** `epoch 3/10` */
  epoch(): string {
    return `epoch ${Math.min(this.#epoch + 1, this.#epochs)}/${this.#epochs}`;
  }

  /** `loss 0.1234 (contrastive 0.1012, balance 0.0222)` */
  loss(): string {
    const { loss, ...terms } = this.#terms;
    if (loss === undefined) return '';
    const parts = Object.entries(terms).map(([name, value]) => `${name} ${formatLoss(value)}`);
    return `loss ${formatLoss(loss)}${parts.length > 1 ? ` (${parts.join(', ')})` : ''}`;
  }

  /** `312 samples/s` */
  speed(): string {
    const rate = this.#samples / (this.#seconds() - this.#started);
    return `${rate < 10 ? rate.toFixed(1) : Math.round(rate)} samples/s`;
  }

  /** `2 min 05 s left`, by the mean pace so far */
  timeLeft(): string {
    const { done, total } = this.steps;
    const pace = (this.#seconds() - this.#started) / (done - (this.#before ?? done));
    return `${formatDuration(pace * (total - done))} left`;
  }
}

function formatLoss(value: number): string {
  const size = Math.abs(value);
  return size !== 0 && (size < 0.001 || size >= 10_000) ? value.toExponential(2) : value.toFixed(4);
}
