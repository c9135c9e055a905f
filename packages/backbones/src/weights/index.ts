export type { CheckpointFormat, PublishedBackbone, PublishedLayout } from './checkpointFormat.js';
export { convertWeights, inspectWeights, type WeightSummary } from './convertWeights.js';
export { loadWeights } from './loadWeights.js';
export { openWeights } from './openWeights.js';
export { saveWeights } from './saveWeights.js';
