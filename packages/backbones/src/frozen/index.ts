export type { FeatureProgress } from './computeFeatures.js';
export { featureBackbone, frozenBackbone } from './frozenBackbone.js';
export { frozenFeatures, type FrozenFeaturesOptions } from './frozenFeatures.js';
export { writeFeatures, type WriteFeaturesOptions } from './writeFeatures.js';
