export type { MobileNetNorm } from './convolution.js';
export { MobileNetV2, type MobileNetV2Options } from './mobileNetV2.js';
