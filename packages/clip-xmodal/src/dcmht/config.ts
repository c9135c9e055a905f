import { z } from 'zod';
import { commonConfig } from '../common/commonConfig.js';

/** Settings of DCMHT. Every default is the value of the authors' collected code. */
export const dcmhtConfigSchema = z.strictObject({
  ...commonConfig,
  head: z
    .enum(['attention', 'select'])
    .default('attention')
    .describe(
      "hash head of the authors' collected code, or of their first one, with which the paper was made",
    ),
  attentionHeads: z
    .int()
    .min(1)
    .default(8)
    .describe("of the head attention; divides the features (authors' code)"),
  hiddenWidth: z.int().min(1).default(128).describe("of the head select (authors' first code)"),
  similarity: z
    .enum(['euclidean', 'cosine', 'cosineEntropy'])
    .default('euclidean')
    .describe(
      "of codes: distance; 1 - cosine (authors' first code); cross-entropy of the cosine (their collected code)",
    ),
  power: z
    .union([z.literal(1), z.literal(2)])
    .default(2)
    .describe("of the distances in the loss: 2 is l2 (authors' code), 1 is l1 (the paper's figure)"),
  errorRate: z
    .number()
    .positive()
    .max(1)
    .default(0.75)
    .describe(
      "share of differing bits from which on items are apart enough (authors' code; their first: 0.5)",
    ),
  threshold: z
    .number()
    .min(0)
    .lt(0.5)
    .default(0.1)
    .describe("of the cosines: differences below it do not count (authors' code)"),
  quantisationWeight: z
    .number()
    .min(0)
    .default(0.001)
    .describe("of the quantisation in the loss (authors' collected code; their first: 0)"),
});

export type DcmhtConfig = z.infer<typeof dcmhtConfigSchema>;
