import { augmentationSchema } from '@hash/core';
import { z } from 'zod';

/** Settings of WCH. Every default is the value of the authors' code. */
export const wchConfigSchema = z.strictObject({
  bits: z.int().min(1).max(1024).default(64).describe('length of the codes'),
  epochs: z.int().min(1).default(50).describe("passes over the training images (authors' code)"),
  batchSize: z.int().min(1).default(32).describe("images in a step, two views of each (authors' code)"),
  learningRate: z
    .number()
    .positive()
    .default(1e-5)
    .describe("of Adam, for backbone and head alike, falling to 0 along a cosine (authors' code)"),
  hiddenWidth: z.int().min(1).default(1024).describe("of the hash head (authors' code)"),
  initialScale: z
    .number()
    .positive()
    .default(1)
    .describe(
      "factor on the hash head's first values; 1 is the authors' code, less suits training from scratch (ours)",
    ),
  batchNorm: z
    .boolean()
    .default(false)
    .describe(
      "standardises the head's input by the batch instead of each image by itself, so that codes differ from the first step on (ours)",
    ),
  balanceWeight: z.number().min(0).default(1).describe("of the bit balance in the loss (authors' code)"),
  quantisationWeight: z
    .number()
    .min(0)
    .default(1)
    .describe(
      "of the quantisation in the loss (authors' code); 0 lets a network from scratch leave its first codes",
    ),
  attentionTemperature: z.number().positive().default(1).describe("of the mutual attention (authors' code)"),
  weightTemperature: z.number().positive().default(0.2).describe("of the pair weights (authors' code)"),
  codeTemperature: z.number().positive().default(0.3).describe("of the contrastive loss (authors' code)"),
  neighbourWeight: z
    .number()
    .min(0)
    .default(1)
    .describe(
      'factor on the weights of other images: 1 is the paper, 0 the plain contrastive loss, for networks whose patches say nothing yet (ours)',
    ),
  weightReference: z
    .enum(['column', 'row'])
    .default('column')
    .describe("whose own similarity a pair weight is relative to; column is what the authors' code computes"),
  detachWeights: z
    .boolean()
    .default(false)
    .describe("keeps gradients out of the pair weights; the authors' code does not"),
  normalizeWeights: z
    .boolean()
    .default(false)
    .describe("divides each image's pair weights by their sum; the authors' code does not"),
  normalization: z
    .enum(['imagenet', 'backbone'])
    .default('imagenet')
    .describe(
      "mean and deviation of the pixels; the authors' code takes ImageNet's although its ViT was trained with 0.5",
    ),
  augmentation: augmentationSchema("authors' code").prefault({}),
});

export type WchConfig = z.infer<typeof wchConfigSchema>;
