export {
  backboneNames,
  backboneOptions,
  createBackbone,
  type CreateBackboneOptions,
} from './createBackbone.js';
export { publishedWeights, type PublishedWeights } from './publishedWeights.js';
