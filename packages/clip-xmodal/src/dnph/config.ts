import { z } from 'zod';
import { commonConfig } from '../common/commonConfig.js';

/** Settings of DNPH. Every default is the value of the authors' code. */
export const dnphConfigSchema = z.strictObject({
  ...commonConfig,
  dropout: z
    .number()
    .min(0)
    .lt(1)
    .default(0.2)
    .describe("of the outputs before tanh, while training (authors' code)"),
  margin: z
    .number()
    .min(0)
    .default(1)
    .describe("added to the squared distance of an item to the proxies of its own classes (authors' code)"),
  uniformityWeight: z
    .number()
    .min(0)
    .default(0.1)
    .describe("of the likeness of codes to random corners of the cube (authors' code)"),
  trainProxies: z
    .boolean()
    .default(true)
    .describe("whether proxies move (authors' collected code) or stay where they were drawn (their first)"),
  proxyLearningRate: z
    .number()
    .positive()
    .default(1e-4)
    .describe("of gradient descent for the proxies, constant (authors' code)"),
});

export type DnphConfig = z.infer<typeof dnphConfigSchema>;
