export type { ArrayFile as WeightFile } from '@hash/core/files';
