import { existsSync } from 'node:fs';
import { mkdir, readdir, readFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { writeFileAtomically, type SplitRecord } from '@hash/core';
import { z } from 'zod';
import { UsageError } from '../errors.js';
import { describeIssues } from './describeIssues.js';
import { runConfigSchema, type RunConfig } from './plan.js';

/** Where the files of a run lie. */
export const runFiles = {
  config: (run: string) => join(run, 'config.json'),
  split: (run: string) => join(run, 'split.json'),
  engine: (run: string) => join(run, 'engine.json'),
  summary: (run: string) => join(run, 'results.json'),
  /** Folder of one bit length: checkpoint, metrics.jsonl, model, codes, results. */
  bits: (run: string, bits: number) => join(run, `bits-${bits}`),
  results: (run: string, bits: number) => join(run, `bits-${bits}`, 'results.json'),
  untrained: (run: string, bits: number) => join(run, `bits-${bits}`, 'untrained.json'),
  training: (run: string, bits: number) => join(run, `bits-${bits}`, 'training.json'),
  curves: (run: string, bits: number) => join(run, `bits-${bits}`, 'curves.json'),
  tensorboard: (run: string, bits: number) => join(run, 'tensorboard', `bits-${bits}`),
  codes: (run: string, bits: number) => join(run, `bits-${bits}`, 'codes'),
} as const;

/**
 * `runs/20261121-081530-wch-shapes`: the time in UTC.
 *
 * @param parent  in which runs are kept
 */
export function defaultRunFolder(now: Date, method: string, dataset: string, parent = 'runs'): string {
  const time = now.toISOString().replace(/[-:]/g, '').replace('T', '-').slice(0, 15);
  return join(parent, `${time}-${method}-${dataset}`);
}

/** @throws UsageError  where a new run cannot be put into the folder, because something is in it */
export async function refuseUsedFolder(path: string): Promise<void> {
  if (!existsSync(path)) return;
  if (existsSync(runFiles.config(path)))
    throw new UsageError(`${path} holds a run already. Go on with it by --resume, or name another by --run.`);
  if ((await readdir(path)).length > 0)
    throw new UsageError(`${path} is not empty. Name a new folder by --run.`);
}

/** Writes what a run is. `config.json`, which makes the folder a run, comes last. */
export async function createRunFolder(path: string, config: RunConfig, split: SplitRecord): Promise<void> {
  await mkdir(path, { recursive: true });
  await writeJson(runFiles.split(path), split);
  await writeJson(runFiles.config(path), config);
}

/** @throws Error  where a run was begun with another split than the data set now has */
export async function checkSplit(path: string, split: SplitRecord): Promise<void> {
  const file = runFiles.split(path);
  const { sha256 } = await readJson(file, z.looseObject({ sha256: z.string() }));
  if (sha256 !== split.sha256)
    throw new Error(
      `${file}: the run was begun with the split ${sha256}, but the data set's split is now ${split.sha256}.`,
    );
}

/** @throws UsageError  where the folder holds no run */
export async function readRunConfig(folder: string): Promise<RunConfig> {
  if (!existsSync(runFiles.config(folder)))
    throw new UsageError(`${resolve(folder)} is no run folder: it has no config.json.`);
  return readJson(runFiles.config(folder), runConfigSchema);
}

/** @throws Error  that names the file and what is wrong with it */
export async function readJson<T>(path: string, schema: z.ZodType<T>): Promise<T> {
  const text = await readFile(path, 'utf8');
  let content: unknown;
  try {
    content = JSON.parse(text);
  } catch (error) {
    throw new Error(`${path}: expected JSON, but: ${(error as Error).message}.`, { cause: error });
  }
  const parsed = schema.safeParse(content);
  if (!parsed.success) throw new Error(`${path}: ${describeIssues(parsed.error)}.`);
  return parsed.data;
}

export async function writeJson(path: string, value: unknown): Promise<void> {
  await writeFileAtomically(path, [`${JSON.stringify(value, null, 2)}\n`]);
}
