export { HammingIndex, type HammingIndexOptions } from './hammingIndex.js';
export type { Matches } from './matches.js';
