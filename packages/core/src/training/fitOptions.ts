import type { Metric } from '../contracts/results.js';
import type { TrainEvent } from './trainEvent.js';

export interface FitOptions {
  /** Takes `metrics.jsonl` and a checkpoint after each epoch; nothing is written without it. */
  readonly folder?: string;
  /**
   * Takes what models of one run have in common whatever their bit length, such as SHC's classifier, so that it is made
   * once; `folder` by default.
   */
  readonly sharedFolder?: string;
  /**
   * Goes on from the checkpoint in `folder`, to the same bits as if never stopped; starts anew where there is none.
   * Without it, a folder that has a checkpoint is refused.
   */
  readonly resume?: boolean;
  /** Finishes the step under way, saves, and returns with `interrupted: true`. */
  readonly signal?: AbortSignal;
  readonly onEvent?: (event: TrainEvent) => void;
  readonly evaluation?: Evaluation;
}

export interface Evaluation {
  /** Epochs from one evaluation to the next; 0: none. The last epoch is always evaluated. */
  readonly every: number;
  run(epoch: number): Promise<readonly Metric[]>;
  /**
   * Keeps the parameters of the epoch whose first metric is highest, instead of the last epoch's. Give it metrics of a
   * validation split: with those of the queries this is selection on the test set.
   */
  readonly selectBest?: boolean;
}
