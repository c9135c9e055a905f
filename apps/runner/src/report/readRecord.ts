import { existsSync } from 'node:fs';
import { readdir } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { resultsSchema, type Method } from '@hash/core';
import { z } from 'zod';
import { UsageError } from '../errors.js';
import { findMethod } from '../run/findMethod.js';
import type { RunConfig } from '../run/plan.js';
import { readJson, readRunConfig, runFiles } from '../run/runFolder.js';
import { trainingSchema, type Outcome } from '../run/trainBits.js';
import { readHistory, type History } from './readHistory.js';

/** What a run folder says of a run. */
export interface RunRecord {
  readonly folder: string;
  /** The last part of its path. */
  readonly name: string;
  readonly config: RunConfig;
  readonly method: Method<unknown>;
  readonly split: Split;
  /** Of each bit length that is done, in the order of the plan. */
  readonly lengths: readonly LengthRecord[];
  /** What was trained once for all of them. */
  readonly stages: readonly StageRecord[];
}

export interface LengthRecord extends Outcome {
  readonly bits: number;
  readonly history: History;
}

export interface StageRecord {
  /** As its folder, less the digest of what it was made from: `classifier`. */
  readonly name: string;
  readonly history: History;
}

interface Split {
  readonly protocol: string;
  readonly sha256: string;
  /** Items of each part. */
  readonly counts: Readonly<Record<string, number>>;
}

/** Of a training, in its folder. */
const METRICS = 'metrics.jsonl';

const splitSchema = z.object({
  protocol: z.string(),
  sha256: z.string(),
  parts: z.record(z.string(), z.array(z.number())),
});

/**
 * Reads a run folder.
 *
 * @param cwd  where a method's package is looked for
 * @throws UsageError  where there is no run, or one that is not done with any bit length
 */
export async function readRecord(folder: string, cwd: string): Promise<RunRecord> {
  const config = await readRunConfig(folder);
  const { method } = await findMethod(config.plan.method, cwd);
  const { parts, ...split } = await readJson(runFiles.split(folder), splitSchema);
  const counts = Object.fromEntries(Object.entries(parts).map(([part, items]) => [part, items.length]));
  const done = config.plan.bits.filter((bits) => existsSync(runFiles.results(folder, bits)));
  if (done.length === 0)
    throw new UsageError(
      `${folder}: the run is not done with any bit length yet. Go on with it by train --resume.`,
    );
  const lengths: LengthRecord[] = [];
  for (const bits of done) lengths.push(await readLength(folder, bits));
  return {
    folder,
    name: basename(folder),
    config,
    method,
    split: { ...split, counts },
    lengths,
    stages: await readStages(folder),
  };
}

async function readStages(folder: string): Promise<StageRecord[]> {
  const names = (await readdir(folder)).filter(
    (name) => !name.startsWith('bits-') && existsSync(join(folder, name, METRICS)),
  );
  return Promise.all(
    names.sort().map(async (name) => ({
      name: name.replace(/-[0-9a-f]{8}$/, ''),
      history: await readHistory(join(folder, name, METRICS)),
    })),
  );
}

async function readLength(folder: string, bits: number): Promise<LengthRecord> {
  return {
    bits,
    results: await readJson(runFiles.results(folder, bits), resultsSchema),
    training: await readJson(runFiles.training(folder, bits), trainingSchema),
    history: await readHistory(join(runFiles.bits(folder, bits), METRICS)),
  };
}
