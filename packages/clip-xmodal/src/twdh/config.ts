import { z } from 'zod';
import { commonConfig } from '../common/commonConfig.js';

/** Settings of TwDH. Every default is the value of the authors' code, but for `bits`, of which it makes three at once. */
export const twdhConfigSchema = z.strictObject({
  ...commonConfig,
  batchSize: commonConfig.batchSize.default(128),
  longBits: z
    .int()
    .min(2)
    .max(4096)
    .default(512)
    .describe("length of the long codes, from which those of `bits` are made (authors' code)"),
  attentionHeads: z
    .int()
    .min(1)
    .default(8)
    .describe("of the hash heads; divides the features (authors' code)"),
  quantisationWeight: z
    .number()
    .min(0)
    .default(0.5)
    .describe("of the quantisation of the long codes in the loss (authors' code)"),
  shortWeight: z
    .number()
    .min(0)
    .default(0)
    .describe(
      "of the short codes in the loss; at 0 the lengths of a run share one training (authors' code, low_rate)",
    ),
  centers: z
    .string()
    .nullable()
    .default(null)
    .describe(
      'file of arrays long [classes, longBits], short_<bits> [classes, bits] and, if learned before, ' +
        'transform_<bits> [2 longBits, 2 bits]; null makes all of them (ours)',
    ),
  transformEpochs: z
    .int()
    .min(1)
    .default(100)
    .describe("passes in which the transform is learned, at most (authors' code)"),
  transformBatchSize: z.int().min(1).default(200).describe("authors' code"),
  transformLearningRate: z
    .number()
    .positive()
    .default(0.1)
    .describe("of BertAdam for the transform (authors' README; their script has 0.001)"),
  transformSparsity: z
    .number()
    .min(0)
    .default(0.001)
    .describe("of the absolute values of the transform in its loss (authors' code)"),
});

export type TwdhConfig = z.infer<typeof twdhConfigSchema>;
