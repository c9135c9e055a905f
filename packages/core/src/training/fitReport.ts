import type { LossTerms } from './trainEvent.js';

export interface FitReport {
  /** Epochs completed, those of earlier, resumed runs included. */
  readonly epochs: number;
  /** Whether a signal stopped training before its last epoch. */
  readonly interrupted: boolean;
  /** Means over the steps of the last completed epoch. */
  readonly terms: LossTerms;
  /** The epoch (from 0) whose parameters the trainer now holds; when interrupted, the one last worked on. */
  readonly selectedEpoch: number;
}
