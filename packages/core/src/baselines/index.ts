export { featureMean } from './covariance.js';
export type { Features } from './features.js';
export { itq, type ItqHasher, type ItqOptions } from './itq.js';
export type { FeatureHasher } from './linearHasher.js';
export { lsh, type LshOptions } from './lsh.js';
