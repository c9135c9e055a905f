import { augmentationSchema } from '@hash/core';
import { z } from 'zod';

/** Settings of NSH. Of the paper only the abstract, figures and tables say anything of them: README, "What is known". */
export const nshConfigSchema = z
  .strictObject({
    bits: z.int().min(1).max(1024).default(64).describe('length of the codes'),
    epochs: z.int().min(1).default(200).describe('passes over the training images (re-implementations)'),
    batchSize: z
      .int()
      .min(2)
      .default(50)
      .describe('images in a step, two views of each; a smaller last batch is left out (re-implementations)'),
    learningRate: z.number().positive().default(1e-5).describe('of Adam, for the heads (re-implementations)'),
    backboneLearningRate: z
      .number()
      .positive()
      .default(1e-5)
      .describe('of Adam, for the backbone where it is not frozen (re-implementations)'),
    schedule: z
      .enum(['constant', 'cosine'])
      .default('constant')
      .describe('of both rates; cosine lets them fall to 0 (re-implementations: constant)'),
    batchStatistics: z
      .boolean()
      .default(false)
      .describe(
        "lets the backbone's batch normalisation, if any, go by the batch while training; false keeps the statistics of its weights (re-implementations)",
      ),
    pooling: z
      .enum(['backbone', 'tokens'])
      .default('backbone')
      .describe(
        "what the heads see: the backbone's own vector of an image, or the mean of its patches (ours)",
      ),
    hiddenWidth: z.int().min(1).default(1024).describe('of both heads (re-implementations)'),
    batchNorm: z
      .boolean()
      .default(true)
      .describe('standardises both heads by the batch; without it all codes may become one (ours)'),
    latentWidth: z
      .int()
      .min(1)
      .default(1024)
      .describe('of the latents that are gathered (re-implementations)'),
    positives: z
      .int()
      .min(1)
      .default(2)
      .describe('first items of a sorted list that count as positives (re-implementations)'),
    temperature: z.number().positive().default(0.1).describe('of SortedNCE (re-implementations)'),
    sortTemperature: z
      .number()
      .positive()
      .default(0.5)
      .describe('of SoftSort, in shares of a code: one bit is 1 / bits (ours: the best of a sweep)'),
    codes: z
      .enum(['straightThrough', 'relaxed', 'sign'])
      .default('straightThrough')
      .describe(
        'what is sorted: signs with the gradient of tanh (paper), tanh itself, or signs without a gradient, which do not learn',
      ),
    quantisationWeight: z
      .number()
      .min(0)
      .default(1)
      .describe(
        'of the quantisation in the loss (re-implementations); from scratch it freezes the first codes',
      ),
    twoViews: z
      .boolean()
      .default(true)
      .describe(
        'false compares an image with itself, as one re-implementation does: there is nothing to learn',
      ),
    doubleSoftmax: z
      .boolean()
      .default(false)
      .describe('puts a softmax before the cross-entropy, which has its own, as re-implementations do'),
    augmentation: augmentationSchema('re-implementations', { blur: 0 }).prefault({}),
  })
  .refine(({ positives, batchSize }) => positives < batchSize, {
    path: ['positives'],
    error: 'must be less than batchSize: the other items are the negatives',
  });

export type NshConfig = z.infer<typeof nshConfigSchema>;
