import type { Metric } from '../contracts/results.js';

/** Loss terms by name, and their sum as `loss`. */
export type LossTerms = Readonly<Record<string, number>>;

/** What training tells its caller. No event carries a time: the listener has the clock. */
export type TrainEvent =
  /** `epoch` is the first one to train: that of the checkpoint in a resumed run, `epochs` where it was finished. */
  | {
      readonly type: 'start';
      readonly epoch: number;
      readonly epochs: number;
      readonly stepsPerEpoch: number;
      /** Which one, where a method trains several networks in turn: `classifier`. */
      readonly stage?: string | undefined;
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
  /** `epoch` is the one whose parameters are kept. */
  | { readonly type: 'end'; readonly epoch: number; readonly interrupted: boolean };
