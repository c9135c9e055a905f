/** Where training stands before a step; all counts start at 0. */
export interface TrainingPosition {
  readonly epoch: number;
  readonly epochs: number;
  /** Within the epoch. */
  readonly step: number;
  readonly stepsPerEpoch: number;
}

/** The learning rate at a position, from a group's base rate. */
export type Schedule = (base: number, position: TrainingPosition) => number;
