export type { BinaryCodes } from './binaryCodes.js';
export type { Labels } from './labels.js';
