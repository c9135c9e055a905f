export { copyParameters } from './copyParameters.js';
export type { Evaluation, FitOptions } from './fitOptions.js';
export type { FitReport } from './fitReport.js';
export { train } from './train.js';
export type { LossTerms, TrainEvent } from './trainEvent.js';
export type { EpochRequest, ExtraState, TrainOptions } from './trainOptions.js';
