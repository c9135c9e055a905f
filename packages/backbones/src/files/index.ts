export { readNpy } from './npy.js';
export { openNpz } from './npz.js';
export { openSafetensors } from './safetensors.js';
export {
  toFloat32,
  type ArrayInfo,
  type ElementType,
  type NumericArray,
  type NumericData,
} from './numericArray.js';
export type { WeightFile } from './weightFile.js';
export { openTorch } from './torch/openTorch.js';
