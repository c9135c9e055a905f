import { z } from 'zod';
import { CENTER_VARIANTS } from './centerUpdates.js';
import { SIMILARITY_VARIANTS } from './semanticSimilarity.js';
import { CENTER_STARTS } from './startCenters.js';
import { LABEL_RULES } from './targetCenters.js';

const classifierSchema = z.strictObject({
  epochs: z.int().min(1).default(100).describe("of stage 1 (authors' code; 300 in the paper)"),
  learningRate: z.number().positive().default(1e-4).describe("falling to 0 along a cosine (authors' code)"),
  doubleSoftmax: z
    .boolean()
    .default(false)
    .describe("applies softmax twice in the loss, as the authors' code does by mistake"),
  similarity: z
    .enum(SIMILARITY_VARIANTS)
    .default('recommended')
    .describe(
      "how logits become a similarity of classes: ours, the authors' code, or the paper's eq. 5 to 12",
    ),
});

const centersSchema = z.strictObject({
  init: z
    .enum(CENTER_STARTS)
    .default('greedy')
    .describe(
      "first centres: greedy in a second (ours), mds as in the authors' code in minutes, or hadamard",
    ),
  variant: z
    .enum(CENTER_VARIANTS)
    .default('official')
    .describe("updates of the authors' code, or of the paper, which freeze at 32 and 64 bits"),
  minDistance: z
    .int()
    .min(1)
    .nullable()
    .default(null)
    .describe('least distance of two centres; null takes the Gilbert-Varshamov bound (paper, eq. 13)'),
  cycles: z.int().min(1).default(30).describe("of updates (authors' code; 20 in the paper)"),
  step: z
    .number()
    .positive()
    .nullable()
    .default(null)
    .describe("gradient at which a bit flips; null takes 16 / bits (ours), 0.5 is the authors' code"),
  separation: z
    .number()
    .min(0)
    .default(0.625)
    .describe("weight of the sum of inner products of centres (authors' code)"),
  descend: z
    .boolean()
    .default(false)
    .describe('ends with a descent bit by bit: an extension, not SHC (ours)'),
});

const augmentationSchema = z.strictObject({
  margin: z
    .number()
    .min(1)
    .default(8 / 7)
    .describe("side to which images are scaled, over that of the crop (authors' code: 256 / 224)"),
  flip: z.number().min(0).max(1).default(0.5).describe("probability of a horizontal flip (authors' code)"),
});

/** Settings of SHC. Defaults are those of the authors' code, apart from three that say so. */
export const shcConfigSchema = z.strictObject({
  bits: z.int().min(1).max(1024).default(64).describe('length of the codes'),
  epochs: z.int().min(1).default(100).describe("of stage 3 (authors' code; 300 in the paper)"),
  batchSize: z.int().min(1).default(64).describe("images in a step (authors' code)"),
  learningRate: z
    .number()
    .positive()
    .default(1e-4)
    .describe(
      "of RMSprop in stage 3, falling along a cosine (authors' code; 7e-5 for CIFAR-100 in the paper)",
    ),
  learningRateFloor: z
    .number()
    .min(0)
    .default(1e-7)
    .describe("where the cosine ends in stage 3 (authors' code)"),
  weightDecay: z.number().min(0).default(1e-5).describe("of all parameters, in both stages (authors' code)"),
  quantisationWeight: z
    .number()
    .min(0)
    .default(1e-4)
    .describe("of the quantisation in the loss (authors' code)"),
  labelRule: z
    .enum(LABEL_RULES)
    .default('first')
    .describe(
      "centre of an image of several classes: of its first (authors' code), or by the vote of all (CSQ)",
    ),
  classifier: classifierSchema.prefault({}).describe('stage 1'),
  centers: centersSchema.prefault({}).describe('stage 2'),
  augmentation: augmentationSchema.prefault({}),
});

export type ShcConfig = z.infer<typeof shcConfigSchema>;
