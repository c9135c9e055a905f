import { z } from 'zod';
import { commonConfig } from '../common/commonConfig.js';

const weight = (value: number, of: string) => z.number().min(0).default(value).describe(of);

/** Settings of MITH. Every default is the value of the authors' code. */
export const mithConfigSchema = z.strictObject({
  ...commonConfig,
  epochs: z.int().min(1).default(30).describe("passes over the training pairs (authors' code)"),
  batchSize: z.int().min(2).default(128).describe("pairs in a step (authors' code; collected code: 100)"),
  backboneLearningRate: z
    .number()
    .min(0)
    .default(2e-6)
    .describe("of BertAdam for both towers (authors' code); a network from scratch takes that of the heads"),
  weightDecay: z.number().min(0).default(0.01).describe("of every parameter, biases too (authors' code)"),
  warmup: z
    .number()
    .min(0)
    .lt(1)
    .default(0.05)
    .describe("share of all steps in which the rates rise, before they fall along a cosine (authors' code)"),
  conceptsPerToken: z
    .int()
    .min(1)
    .default(8)
    .describe("that a token votes for, of as many concepts as there are bits (authors' code)"),
  conceptBlocks: z.int().min(1).default(2).describe("of the transformer over concepts (authors' code)"),
  attentionHeads: z.int().min(1).default(8).describe("of those blocks; divides the features (authors' code)"),
  intraWeight: weight(1, "of the likelihood of codes from tokens, within a modality (authors' code)"),
  interWeight: weight(10, "of the likelihood of codes from pooled features, across (authors' code)"),
  quantisationWeight: weight(8, "of the quantisation (authors' code)"),
  contrastWeight: weight(50, "of the contrast between the modalities (authors' code)"),
  conceptContrastWeight: weight(0.01, "of the contrast of concepts, in that of items (authors' code)"),
  distillationWeight: weight(1, "of the agreement of both codes of an item (authors' code)"),
  temperature: z.number().positive().default(0.07).describe("of both contrasts (authors' code)"),
  globalShare: z
    .number()
    .min(0)
    .max(1)
    .default(0.99)
    .describe(
      "of codes from pooled features in those that quantisation aims at, the rest from tokens (authors' code)",
    ),
});

export type MithConfig = z.infer<typeof mithConfigSchema>;
