import type { StoredTensor } from '../io/storedTensor.js';
import type { StoredFile } from './checkpoint.js';
import type { LossTerms } from './trainEvent.js';

/** Where training stands between two steps. */
export interface Progress {
  /** Epochs completed. */
  readonly epoch: number;
  /** Steps taken in the next one. */
  readonly step: number;
  /** Loss terms summed over these steps. */
  readonly sums: LossTerms;
  /** Their means over the last completed epoch. */
  readonly terms: LossTerms;
  /** The epoch that `selectBest` has chosen so far. */
  readonly best?: BestEpoch;
}

export interface BestEpoch {
  readonly epoch: number;
  /** Its first metric. */
  readonly value: number;
  readonly parameters: ReadonlyMap<string, StoredTensor>;
  /** Where they are kept, if there is a folder. */
  readonly file?: StoredFile;
}

export const START: Progress = { epoch: 0, step: 0, sums: {}, terms: {} };

/** The epoch (from 0) to which the parameters belong: the one under way, or between two epochs the one just completed. */
export function currentEpoch({ epoch, step }: Progress): number {
  return step > 0 ? epoch : Math.max(0, epoch - 1);
}
