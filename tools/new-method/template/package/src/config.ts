import { z } from 'zod';

/** Settings of __title__. */
export const __camel__ConfigSchema = z.strictObject({
  bits: z.int().min(1).max(1024).default(64).describe('length of the codes'),
  epochs: z.int().min(1).default(100).describe('passes over the training images (ours)'),
  batchSize: z.int().min(2).default(64).describe('images in a step (ours)'),
  learningRate: z.number().positive().default(1e-4).describe('of Adam, falling to 0 along a cosine (ours)'),
  pairWeight: z.number().min(0).default(1).describe('of the only term of the loss (ours)'),
});

export type __Pascal__Config = z.infer<typeof __camel__ConfigSchema>;
