import type { Schedule, TrainingPosition } from './schedule.js';

export function constant(): Schedule {
  return (base) => base;
}

/**
 * Half a cosine from the base rate in the first epoch towards `minimum`, a step each epoch:
 * `minimum + (base − minimum) (1 + cos(π epoch / epochs)) / 2`.
 */
export function cosine({ minimum = 0 }: { readonly minimum?: number } = {}): Schedule {
  return (base, { epoch, epochs }) => minimum + (base - minimum) * halfCosine(epoch / epochs);
}

export interface StepDecayOptions {
  /** Epochs from which on the rate is lower. */
  readonly milestones: readonly number[];
  /** What each milestone multiplies the rate by; 0.1 by default. */
  readonly factor?: number;
}

export function stepDecay({ milestones, factor = 0.1 }: StepDecayOptions): Schedule {
  return (base, { epoch }) => base * factor ** milestones.filter((milestone) => milestone <= epoch).length;
}

export interface WarmupOptions {
  /** Share of all steps in which the rate rises from 0 to the base rate; 0.1 by default. */
  readonly warmup?: number;
}

/** After the warm-up the base rate. */
export function warmupConstant({ warmup = 0.1 }: WarmupOptions = {}): Schedule {
  return (base, position) => base * rise(progress(position), warmup);
}

/** After the warm-up a straight line to 0 at the end of training. */
export function warmupLinear({ warmup = 0.1 }: WarmupOptions = {}): Schedule {
  return (base, position) => {
    const x = progress(position);
    return base * (x < warmup ? rise(x, warmup) : (1 - x) / (1 - warmup));
  };
}

/**
 * After the warm-up half a cosine, a step each batch. As in BertAdam, the cosine counts from the first step of all, so
 * that the rate falls a little where the warm-up ends: by 2.4 % at a warm-up of 0.1.
 */
export function warmupCosine({ warmup = 0.1 }: WarmupOptions = {}): Schedule {
  return (base, position) => {
    const x = progress(position);
    return base * (x < warmup ? rise(x, warmup) : halfCosine(x));
  };
}

/** The share of all steps that is done. */
function progress({ epoch, epochs, step, stepsPerEpoch }: TrainingPosition): number {
  return (epoch * stepsPerEpoch + step) / (epochs * stepsPerEpoch);
}

function rise(x: number, warmup: number): number {
  return x < warmup ? x / warmup : 1;
}

function halfCosine(x: number): number {
  return (1 + Math.cos(Math.PI * x)) / 2;
}
