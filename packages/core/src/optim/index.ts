export type { NamedParameters, Optimizer, ParameterGroup } from './optimizer.js';
export type { Schedule, TrainingPosition } from './schedule.js';
