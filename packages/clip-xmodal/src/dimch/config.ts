import { z } from 'zod';
import { commonConfig } from '../common/commonConfig.js';

const weight = (value: number, of: string) => z.number().min(0).default(value).describe(of);
const margin = (of: string) => z.number().min(0).default(0.3).describe(of);

/** Settings of DIMCH. Every default is the value of the authors' code. */
export const dimchConfigSchema = z.strictObject({
  ...commonConfig,
  batchSize: z.int().min(2).default(20).describe("pairs in a step (authors' code)"),
  setSize: z.int().min(1).default(8).describe("vectors that an item is represented by (authors' code)"),
  hiddenWidth: z.int().min(1).default(256).describe("of the layer before the codes (authors' code)"),
  dropout: z
    .number()
    .min(0)
    .lt(1)
    .default(0.3)
    .describe("of that layer's outputs, while training (authors' code)"),
  temperature: z
    .number()
    .positive()
    .default(16)
    .describe(
      "factor on cosines of vectors: the higher, the more the nearest one counts alone (authors' code)",
    ),
  setWeight: weight(50, "of the triplets by distances of sets (authors' code)"),
  setMargin: margin("of those triplets (authors' code)"),
  codeWeight: weight(50, "of the triplets by distances of codes (authors' code)"),
  codeMargin: margin("of those triplets (authors' code)"),
  discrepancyWeight: weight(1, "of the distance between the modalities as a whole (authors' code)"),
  diversityWeight: weight(0.3, "of how alike the vectors are (authors' code)"),
  diversity: z
    .enum(['batch', 'item'])
    .default('batch')
    .describe("which vectors are to differ: all of a batch (authors' code), or those of an item"),
  quantisationWeight: weight(1, "of the quantisation (authors' code)"),
});

export type DimchConfig = z.infer<typeof dimchConfigSchema>;
