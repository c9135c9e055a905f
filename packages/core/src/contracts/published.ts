import { z } from 'zod';

/** A row of a results table that the authors of a method have published. */
export const publishedResultSchema = z.strictObject({
  protocol: z.string().describe("data set and protocol as in a run's results.json, e.g. cifar10"),
  metric: z.string().describe('e.g. mAP@1000, or image→text mAP@all'),
  definition: z.string().describe('what is divided by, how an epoch was chosen, ...: as far as it is known'),
  values: z.record(z.string(), z.number()).describe('by bit length'),
  source: z.string().describe('e.g. paper, Table 1'),
});

export type PublishedResult = z.infer<typeof publishedResultSchema>;
