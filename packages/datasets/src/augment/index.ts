export { applyAugment } from './applyAugment.js';
export { compileAugment } from './compileAugment.js';
export { augmentedSize, isRandom, type CompiledAugment } from './compileOps.js';
