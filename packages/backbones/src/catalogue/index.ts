export {
  backboneNames,
  backboneOptions,
  createBackbone,
  type CreateBackboneOptions,
} from './createBackbone.js';
