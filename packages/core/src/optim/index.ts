export { adam, adamW, type AdamOptions } from './adam.js';
export { bertAdam, type BertAdamOptions } from './bertAdam.js';
export { joinOptimizers } from './joinOptimizers.js';
export type { NamedParameters, Optimizer, ParameterGroup } from './optimizer.js';
export { rmsProp, type RmsPropOptions } from './rmsProp.js';
export type { Schedule, TrainingPosition } from './schedule.js';
export * as schedules from './schedules.js';
export type { StepDecayOptions, WarmupOptions } from './schedules.js';
export { sgd, type SgdOptions } from './sgd.js';
