import { recipeSchema } from '@hash/core';
import { z } from 'zod';

/** By which figures the parameters of an epoch are kept: the last epoch's, or those best on a split. */
export const SELECTIONS = ['last', 'validation', 'queries'] as const;

/** All that decides the outcome of a run: a recipe with every value resolved, and a seed. */
export const planSchema = recipeSchema.omit({ description: true }).extend({
  method: z.string().describe('as typed, or the path of its module'),
  recipe: z.string(),
  seed: z.int().min(0),
  select: z.enum(SELECTIONS),
  split: z
    .string()
    .nullable()
    .default(null)
    .describe("file of a split that somebody has made; null is the protocol's own"),
  validation: z
    .int()
    .min(1)
    .nullable()
    .describe('items cut from train; null takes a tenth, if any are needed'),
});

export type Plan = z.infer<typeof planSchema>;

/** `config.json` of a run folder. */
export const runConfigSchema = z.strictObject({
  plan: planSchema,
  engine: z.string(),
  versions: z.record(z.string(), z.string()),
});

export type RunConfig = z.infer<typeof runConfigSchema>;
