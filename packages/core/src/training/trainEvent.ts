import type { Metric } from '../contracts/results.js';

/** Loss terms by name, and their sum as `loss`. */
export type LossTerms = Readonly<Record<string, number>>;

/** What training tells its caller. No event carries a time: the listener has the clock. */
export type TrainEvent =
  | {
      readonly type: 'start';
      readonly epoch: number;
      readonly epochs: number;
      readonly stepsPerEpoch: number;
    }
  | {
      readonly type: 'step';
      readonly epoch: number;
      readonly step: number;
      readonly stepsPerEpoch: number;
      readonly batchSize: number;
      readonly terms: LossTerms;
      readonly learningRate: number;
    }
  | { readonly type: 'epoch'; readonly epoch: number; readonly epochs: number; readonly terms: LossTerms }
  | { readonly type: 'evaluation'; readonly epoch: number; readonly metrics: readonly Metric[] }
  | { readonly type: 'checkpoint'; readonly epoch: number; readonly folder: string }
  | { readonly type: 'end'; readonly epoch: number; readonly interrupted: boolean };
