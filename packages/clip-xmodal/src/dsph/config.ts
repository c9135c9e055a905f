import { z } from 'zod';
import { commonConfig } from '../common/commonConfig.js';

/** Settings of DSPH. Every default is the value of the authors' code. */
export const dsphConfigSchema = z.strictObject({
  ...commonConfig,
  dropout: z
    .number()
    .min(0)
    .lt(1)
    .default(0.2)
    .describe("of the outputs before tanh, while training (authors' code)"),
  threshold: z
    .number()
    .min(-1)
    .max(1)
    .nullable()
    .default(null)
    .describe("cosine that items apart may keep; null: by the number of bits and classes (authors' code)"),
  irrelevantWeight: z
    .number()
    .min(0)
    .default(0.8)
    .describe("of the pairs of items of several classes that share none (authors' code)"),
  proxyLearningRate: z
    .number()
    .positive()
    .default(0.02)
    .describe("of gradient descent for the proxies, constant (authors' code)"),
  proxyMomentum: z.number().min(0).lt(1).default(0.9).describe("authors' code"),
  proxyWeightDecay: z.number().min(0).default(5e-4).describe("authors' code"),
});

export type DsphConfig = z.infer<typeof dsphConfigSchema>;
