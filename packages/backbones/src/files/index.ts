export type { WeightFile } from './weightFile.js';
export { openTorch } from './torch/openTorch.js';
