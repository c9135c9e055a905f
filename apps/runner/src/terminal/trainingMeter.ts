import type { LossTerms, TrainEvent } from '@hash/core';
import { formatDuration } from './formatDuration.js';

/** Follows the events of a training run by a clock: where it stands, its loss, its speed and the time it still needs. */
export class TrainingMeter {
  readonly #seconds: () => number;
  /** When the first step seen here ended: it is slower than the others, and its start is not known. */
  #first: { readonly time: number; readonly step: number } | undefined;
  #samples = 0;
  #epoch = 0;
  #epochs = 0;
  #stepsPerEpoch = 0;
  #stepsDone = 0;
  #stage = '';
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
      this.#stage = event.stage ?? '';
      this.#first = undefined;
      this.#samples = 0;
      this.#terms = {};
      this.#epochs = event.epochs;
      this.#stepsPerEpoch = event.stepsPerEpoch;
      this.#stepsDone = event.epoch * event.stepsPerEpoch;
    }
    if (event.type === 'step') {
      this.#stepsDone = event.epoch * event.stepsPerEpoch + event.step + 1;
      if (this.#first === undefined) this.#first = { time: this.#seconds(), step: this.#stepsDone };
      else this.#samples += event.batchSize;
    }
    if (event.type === 'start' || event.type === 'step' || event.type === 'epoch') this.#epoch = event.epoch;
    if (event.type === 'step' || event.type === 'epoch') this.#terms = event.terms;
  }

  /** `epoch 3/10`, after the stage where there are several */
  epoch(): string {
    const epoch = `epoch ${Math.min(this.#epoch + 1, this.#epochs)}/${this.#epochs}`;
    return this.#stage === '' ? epoch : `${this.#stage}  ${epoch}`;
  }

  /** `loss 0.1234 (contrastive 0.1012, balance 0.0222)` */
  loss(): string {
    const { loss, ...terms } = this.#terms;
    if (loss === undefined) return '';
    const parts = Object.entries(terms).map(([name, value]) => `${name} ${formatLoss(value)}`);
    return `loss ${formatLoss(loss)}${parts.length > 1 ? ` (${parts.join(', ')})` : ''}`;
  }

  /** `312 samples/s  2 min 05 s left`, by the mean pace since the first step; empty before there is one. */
  pace(): string {
    const { done, total } = this.steps;
    if (this.#first === undefined || this.#samples === 0) return '';
    const elapsed = this.#seconds() - this.#first.time;
    const rate = this.#samples / elapsed;
    const left = (elapsed / (done - this.#first.step)) * (total - done);
    return `${rate < 10 ? rate.toFixed(1) : Math.round(rate)} samples/s  ${formatDuration(left)} left`;
  }
}

function formatLoss(value: number): string {
  const size = Math.abs(value);
  return size !== 0 && (size < 0.001 || size >= 10_000) ? value.toExponential(2) : value.toFixed(4);
}
