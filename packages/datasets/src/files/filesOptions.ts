import { z } from 'zod';

export const filesOptions = z.strictObject({
  folder: z
    .string()
    .optional()
    .describe('where the lists and images are, from the root; by default named as the data set'),
  train: z.string().default('train.txt').describe('list of the training images'),
  query: z.string().default('test.txt').describe('list of the queries'),
  database: z.string().default('database.txt').describe('list of the images to search'),
  classes: z
    .string()
    .default('classes.txt')
    .describe('names of the classes, one in each line; numbers without it'),
});

export type FilesOptions = z.infer<typeof filesOptions>;
