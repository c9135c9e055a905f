export { augmentationSchema, type Augmentation } from './augmentationSchema.js';
export { encodeImages, requireImages, type ImageEncoding } from './encodeImages.js';
export { encodeSamples } from './encodeSamples.js';
export { epochBatches, stepsPerEpoch, type EpochBatchesOptions } from './epochBatches.js';
export { imageTensor } from './imageTensor.js';
export { plainView, randomView } from './imageViews.js';
export { tokenizeTexts, trimPadding } from './tokenizeTexts.js';
