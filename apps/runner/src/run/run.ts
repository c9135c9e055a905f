import type { Backbone, Dataset, Method } from '@hash/core';
import type { ScalarLog } from '../tensorboard/scalarLog.js';
import type { Progress } from '../terminal/progress.js';
import type { Plan } from './plan.js';

/** What the bit lengths of a run share. */
export interface Run {
  readonly plan: Plan;
  readonly method: Method<unknown>;
  readonly dataset: Dataset;
  /** For one trainer. */
  readonly backbone: () => Promise<Backbone>;
  readonly engine: string;
  /** Absolute path of the run folder. */
  readonly folder: string;
  /** The same, as seen from the working directory. */
  readonly name: string;
  readonly signal: AbortSignal;
  /** A clock that never goes back. */
  readonly seconds: () => number;
  /** Tells the user in a line what is being done. */
  readonly say: (line: string) => void;
  /** Shows a training run, under its label. */
  readonly progress: (label: string) => Progress;
  /** Takes down the training of a bit length for TensorBoard, where that is asked for. */
  readonly tensorboard?: ((bits: number) => ScalarLog) | undefined;
}
