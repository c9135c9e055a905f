import { z } from 'zod';

/** A number with the words that say what it is. */
export const metricSchema = z.strictObject({
  name: z.string().describe('e.g. mAP@1000'),
  definition: z.string().describe('e.g. hits, stable'),
  value: z.number(),
});

/** `results.json` of a run: one for each bit length. */
export const resultsSchema = z.strictObject({
  method: z.string(),
  dataset: z.string(),
  protocol: z.string(),
  splitSha256: z.string().regex(/^[0-9a-f]{64}$/),
  bits: z.int().min(1),
  seed: z.int(),
  engine: z.string(),
  metrics: z.array(metricSchema),
  baselines: z.strictObject({ untrained: z.array(metricSchema), randomCodes: z.array(metricSchema) }),
});

export type Metric = z.infer<typeof metricSchema>;
export type Results = z.infer<typeof resultsSchema>;
