export type { FeatureProgress } from './featureCache.js';
export { featureRows, type FeatureRowsOptions } from './featureRows.js';
export { featureBackbone, frozenBackbone } from './frozenBackbone.js';
export { frozenFeatures, type FrozenFeaturesOptions } from './frozenFeatures.js';
