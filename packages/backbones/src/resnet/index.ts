export type { BatchNormMode } from './convNorm.js';
export type { BlockKind } from './residualBlock.js';
export { ResNet, type ResNetOptions } from './resNet.js';
