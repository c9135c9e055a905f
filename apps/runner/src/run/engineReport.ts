import { engineFallbacks } from '@hash/core';
import { z } from 'zod';
import { readJson, runFiles, writeJson } from './runFolder.js';

/** `engine.json` of a run folder: what its latest session computed on, and how. */
const engineReportSchema = z.strictObject({
  engine: z.string(),
  fallbacks: z
    .record(z.string(), z.number())
    .nullable()
    .describe('calls of kernels that ran in JavaScript; null where the engine does not tell'),
});

export async function writeEngineReport(run: string, engine: string): Promise<void> {
  await writeJson(runFiles.engine(run), { engine, fallbacks: (await engineFallbacks()) ?? null });
}

/** @throws Error  where the run has none, because it has not ended yet */
export function readEngineReport(run: string): Promise<z.infer<typeof engineReportSchema>> {
  return readJson(runFiles.engine(run), engineReportSchema);
}
