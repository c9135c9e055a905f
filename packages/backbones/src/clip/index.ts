export { Clip, clipForImages } from './clip.js';
export { ClipImageTower, type ClipImageTowerOptions } from './clipImageTower.js';
export { ClipTextTower, type ClipTextTowerOptions } from './clipTextTower.js';
export { ResidualAttentionBlock, type ResidualAttentionBlockOptions } from './residualAttentionBlock.js';
export { SelfAttention, type SelfAttentionOptions } from './selfAttention.js';
