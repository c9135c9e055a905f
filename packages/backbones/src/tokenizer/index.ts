export { BytePairTokenizer } from './bytePairTokenizer.js';
export { cleanText } from './cleanText.js';
export { HashedWordTokenizer } from './hashedWordTokenizer.js';
export type { Merges } from './merges.js';
export { readMerges, writeMerges } from './mergesFile.js';
export { trainBytePairs } from './trainBytePairs.js';
