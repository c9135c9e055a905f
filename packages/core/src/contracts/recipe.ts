import { z } from 'zod';

const options = z.record(z.string(), z.unknown());

/** What a recipe says of a run; the runner composes it and `--set` may change each value. */
export const recipeSchema = z.strictObject({
  description: z.string().describe('one line for `hash-runner methods`'),
  dataset: z.strictObject({
    name: z.string().describe('data set and protocol, e.g. cifar10-1'),
    options: options.default({}),
  }),
  backbone: z.strictObject({
    name: z.string().describe('e.g. vit-b16'),
    options: options.default({}),
    weights: z
      .string()
      .nullable()
      .default(null)
      .describe('file of pretrained weights; null trains from scratch'),
    frozen: z
      .boolean()
      .default(false)
      .describe(
        'trains what is on top of the backbone alone, whose features are then computed once and kept',
      ),
    cachedViews: z
      .int()
      .min(0)
      .default(4)
      .describe('if frozen: draws of a random view that are kept of each image; 0 keeps nothing'),
    frozenTokens: z
      .boolean()
      .default(true)
      .describe(
        "if frozen: keeps the features of an image's places, too; methods that use patches need them",
      ),
  }),
  bits: z.array(z.int().min(1).max(1024)).min(1).describe('bit lengths; one model is trained for each'),
  config: options.describe("the method's own settings"),
  evaluation: z
    .strictObject({
      mapAt: z
        .union([z.int().min(1), z.literal('all')])
        .default('all')
        .describe('k of mAP@k'),
      precisionAt: z.array(z.int().min(1)).default([]).describe('N of precision@N'),
      every: z
        .int()
        .min(0)
        .default(0)
        .describe('epochs between evaluations while training; 0: only at the end'),
    })
    .prefault({}),
});

export type Recipe = z.infer<typeof recipeSchema>;
