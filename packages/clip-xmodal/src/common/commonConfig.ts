import { z } from 'zod';

/** Settings that all methods share; a method's schema spreads them. Every default is the value of the authors' code. */
export const commonConfig = {
  bits: z.int().min(1).max(1024).default(16).describe("length of the codes (authors' code)"),
  epochs: z.int().min(1).default(100).describe("passes over the training pairs (authors' code)"),
  batchSize: z.int().min(2).default(100).describe("pairs in a step (authors' code)"),
  learningRate: z
    .number()
    .positive()
    .default(1e-3)
    .describe("of BertAdam for the hash heads (authors' code)"),
  backboneLearningRate: z
    .number()
    .min(0)
    .default(1e-5)
    .describe("of BertAdam for both towers (authors' code); a network from scratch takes that of the heads"),
  weightDecay: z.number().min(0).default(0.2).describe("of every parameter, biases too (authors' code)"),
  warmup: z
    .number()
    .min(0)
    .lt(1)
    .default(0.1)
    .describe("share of all steps in which the rates rise, before they fall along a cosine (authors' code)"),
  maxGradientNorm: z
    .number()
    .positive()
    .default(1)
    .describe("to which the gradient of each parameter is cut by itself (authors' code)"),
  tokens: z.int().min(2).default(32).describe("read of a text, start and end included (authors' code)"),
  training: z
    .enum(['crop', 'plain'])
    .default('crop')
    .describe(
      'views of training images: random crops and flips (the collected code), or the middle (the papers)',
    ),
};

export type CommonConfig = z.infer<z.ZodObject<typeof commonConfig>>;
