import { createReadStream, existsSync } from 'node:fs';
import { createInterface } from 'node:readline';
import { metricSchema } from '@hash/core';
import { z } from 'zod';

const epochSchema = z.object({ epoch: z.int(), terms: z.record(z.string(), z.number().nullable()) });
const evaluationSchema = z.object({ epoch: z.int(), metrics: z.array(metricSchema) });

/** How one model was trained, epoch by epoch. */
export interface History {
  readonly epochs: readonly z.infer<typeof epochSchema>[];
  readonly evaluations: readonly z.infer<typeof evaluationSchema>[];
}

/**
 * Reads the epochs and evaluations of a `metrics.jsonl`. Lines that are not whole, as a killed run may leave at the end,
 * are passed over; so are the steps.
 */
export async function readHistory(path: string): Promise<History> {
  const epochs: History['epochs'][number][] = [];
  const evaluations: History['evaluations'][number][] = [];
  if (!existsSync(path)) return { epochs, evaluations };
  for await (const line of createInterface({ input: createReadStream(path) })) {
    if (line.startsWith('{"type":"epoch"')) add(epochs, epochSchema, line);
    if (line.startsWith('{"type":"evaluation"')) add(evaluations, evaluationSchema, line);
  }
  return { epochs, evaluations };
}

function add<T>(list: T[], schema: z.ZodType<T>, line: string): void {
  try {
    const parsed = schema.safeParse(JSON.parse(line));
    if (parsed.success) list.push(parsed.data);
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
  }
}
