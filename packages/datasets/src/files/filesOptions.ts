import { z } from 'zod';
import { imageFileOptions } from '../image/imageFileOptions.js';

/** Values of options that differ from one data set to the other. */
export interface FilesDefaults {
  readonly database?: string;
  readonly overlap?: boolean;
}

export function filesOptionsWith({ database = 'database.txt', overlap = false }: FilesDefaults = {}) {
  return z.strictObject({
    folder: z
      .string()
      .nullable()
      .default(null)
      .describe('where the lists are, from the root; by default named as the data set'),
    images: z
      .string()
      .nullable()
      .default(null)
      .describe('where the paths in the lists start, from the root; by default where the lists are'),
    train: z.string().default('train.txt').describe('list of the training images'),
    query: z.string().default('test.txt').describe('list of the queries'),
    database: z.string().default(database).describe('list of the images to search'),
    classes: z
      .string()
      .default('classes.txt')
      .describe('names of the classes, one in each line; numbers without it'),
    overlap: z.boolean().default(overlap).describe('whether queries may be trained on or searched too'),
    ...imageFileOptions,
  });
}

export type FilesOptions = z.infer<ReturnType<typeof filesOptionsWith>>;
