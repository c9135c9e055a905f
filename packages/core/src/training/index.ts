export type { Evaluation, FitOptions } from './fitOptions.js';
export type { FitReport } from './fitReport.js';
export type { LossTerms, TrainEvent } from './trainEvent.js';
