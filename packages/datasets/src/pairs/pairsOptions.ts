import { z } from 'zod';
import { imageFileOptions } from '../image/imageFileOptions.js';

/** What differs from one data set of images and texts to the other. */
export interface PairsDefaults {
  readonly query: number;
  readonly train: number;
  readonly splitSeed: number | null;
}

/** Of the refactored code base of CLIP's methods (authors' code). */
export const CLIP_DEFAULTS: PairsDefaults = { query: 5000, train: 10_000, splitSeed: 1814 };

const file = (what: string) =>
  z
    .string()
    .nullable()
    .default(null)
    .describe(`${what}, from the folder; by default the first of its usual names`);

/** @param each  ` of each label`, where the counts are of each */
export function pairsOptionsWith({ query, train, splitSeed }: PairsDefaults, each: string) {
  return z.strictObject({
    folder: z
      .string()
      .nullable()
      .default(null)
      .describe('where the files are, from the root; by default named as the data set'),
    index: file('images or their paths, .mat or .npy'),
    caption: file('texts, .mat or .txt'),
    label: file('labels, .mat or .npy'),
    classes: z.string().default('classes.txt').describe('names of the classes; numbers without it'),
    images: z
      .string()
      .nullable()
      .default(null)
      .describe('where relative paths of images start, from the root; by default in the folder'),
    oldPrefix: z.string().default('').describe('what paths of images begin with in the file'),
    newPrefix: z.string().default('').describe('what they shall begin with instead'),
    query: z.int().min(1).default(query).describe(`queries${each}`),
    train: z.int().min(1).default(train).describe(`items to train on${each}, of those that are searched`),
    splitSeed: z
      .int()
      .min(0)
      .nullable()
      .default(splitSeed)
      .describe('of the split alone; null takes that of the run'),
    ...imageFileOptions,
  });
}

export type PairsOptions = z.infer<ReturnType<typeof pairsOptionsWith>>;
