export { VisionTransformer, type VisionTransformerOptions } from './visionTransformer.js';
