import { existsSync } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { metricSchema, resultsSchema, type Metric, type Results, type Trainer } from '@hash/core';
import { z } from 'zod';
import { InterruptedError, isAbort } from '../errors.js';
import { buildTrainer } from './buildTrainer.js';
import { epochEvaluation } from './epochEvaluation.js';
import { measureTrained, measureUntrained } from './measure.js';
import type { Run } from './run.js';
import { readJson, runFiles, writeJson } from './runFolder.js';

/** `training.json`: how one model was trained. */
export const trainingSchema = z.strictObject({
  epochs: z.int().describe('completed'),
  selectedEpoch: z.int().describe('whose parameters the model has, from 0'),
  terms: z.record(z.string(), z.number()).describe('means over the steps of the last epoch'),
  seconds: z.number().describe('of training by the clock, over all sessions that ended in order'),
});

export type Training = z.infer<typeof trainingSchema>;

export interface Outcome {
  readonly results: Results;
  readonly training: Training;
}

/**
 * Trains and measures one bit length, or goes on with it: what its folder holds already is not done again.
 *
 * @throws InterruptedError  once the signal has fired, after saving
 */
export async function trainBits(run: Run, bits: number): Promise<Outcome> {
  const files = {
    results: runFiles.results(run.folder, bits),
    training: runFiles.training(run.folder, bits),
  };
  if (existsSync(files.results)) {
    run.say(`${bits} bits: done before`);
    const results = await readJson(files.results, resultsSchema);
    return { results, training: await readJson(files.training, trainingSchema) };
  }
  await mkdir(runFiles.bits(run.folder, bits), { recursive: true });
  const trainer = await buildTrainer(run.plan, run.method, bits, await run.backbone());
  try {
    const untrained = await untrainedBaseline(run, trainer, bits);
    const training = await fit(run, trainer, bits);
    await trainer.save(runFiles.bits(run.folder, bits));
    const results = await measureTrained(run, trainer, bits, untrained);
    await writeJson(files.results, results);
    return { results, training };
  } catch (error) {
    throw run.signal.aborted && isAbort(error) ? interrupted(run) : error;
  } finally {
    trainer.dispose();
  }
}

/** Measured before the first step, and kept: a resumed trainer is no longer untrained. */
async function untrainedBaseline(run: Run, trainer: Trainer, bits: number): Promise<readonly Metric[]> {
  const file = runFiles.untrained(run.folder, bits);
  if (existsSync(file)) return readJson(file, z.array(metricSchema));
  const metrics = await measureUntrained(run, trainer, bits);
  await writeJson(file, metrics);
  return metrics;
}

async function fit(run: Run, trainer: Trainer, bits: number): Promise<Training> {
  const file = runFiles.training(run.folder, bits);
  const before = existsSync(file) ? (await readJson(file, trainingSchema)).seconds : 0;
  const started = run.seconds();
  const progress = run.progress(`${bits} bits`);
  const log = run.tensorboard?.(bits);
  try {
    const { interrupted: stopped, ...report } = await trainer.fit(run.dataset, {
      folder: runFiles.bits(run.folder, bits),
      sharedFolder: run.folder,
      resume: true,
      signal: run.signal,
      onEvent(event) {
        progress.onEvent(event);
        log?.onEvent(event);
      },
      evaluation: epochEvaluation(run, trainer),
    });
    const training = { ...report, seconds: before + run.seconds() - started };
    await writeJson(file, training);
    if (stopped) throw interrupted(run);
    return training;
  } finally {
    progress.stop();
    log?.close();
  }
}

function interrupted({ name }: Run): InterruptedError {
  return new InterruptedError(`Stopped and saved. To go on, repeat the command with --resume ${name}`);
}
