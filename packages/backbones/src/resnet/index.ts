export type { BatchNormMode } from '../layers/convNorm.js';
export type { BlockKind } from './residualBlock.js';
export { ResNet, type ResNetOptions } from './resNet.js';
