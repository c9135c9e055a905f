export type { SaveOptions } from './codeFile.js';
export { HammingIndex, type HammingIndexOptions, type IndexStatistics } from './hammingIndex.js';
export type { TableStatus, TableUse } from './lazyTables.js';
export type { Matches } from './matches.js';
