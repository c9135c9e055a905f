export { applyAugment } from './applyAugment.js';
export { augmentedSize, compileAugment, isRandom, type CompiledAugment } from './compileAugment.js';
