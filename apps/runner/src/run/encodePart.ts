import { resolve } from 'node:path';
import { frozenBackbone } from '@hash/backbones';
import {
  disposeParameters,
  type Dataset,
  type EngineName,
  type Method,
  type Modality,
  type Samples,
  type Trainer,
} from '@hash/core';
import { InterruptedError, isAbort, UsageError } from '../errors.js';
import type { Surroundings } from '../surroundings.js';
import { abortable } from './abortable.js';
import { buildTrainer } from './buildTrainer.js';
import { writeCodes } from './codeFiles.js';
import { findMethod } from './findMethod.js';
import { finishedBits } from './finishedBits.js';
import { makeBackbone } from './makeBackbone.js';
import { openDataset, type DatasetRequest } from './openDataset.js';
import type { Plan } from './plan.js';
import { engineOfEnvironment, startEngine, type Say } from './prepareRun.js';
import { readRunConfig, runFiles } from './runFolder.js';
import { listenForStop } from './stopSignal.js';

export const PARTS = ['query', 'database', 'train', 'validation'] as const;
export type PartName = (typeof PARTS)[number];

export interface EncodeRequest extends DatasetRequest {
  /** The run folder. */
  readonly run: string;
  readonly part: PartName;
  /** The file to write. */
  readonly out: string;
  readonly bits?: number;
  readonly modality?: Modality;
  readonly dataset?: string;
  readonly backend?: EngineName | 'auto';
}

/**
 * Encodes a part of a data set with a model of a run.
 *
 * @throws InterruptedError  where the user stops it; nothing is written then
 */
export async function encodePart(around: Surroundings, request: EncodeRequest, say: Say): Promise<void> {
  const folder = resolve(around.cwd, request.run);
  const { plan } = await readRunConfig(folder);
  const { method } = await findMethod(plan.method, around.cwd);
  const bits = oneLength(folder, plan, request.bits);
  await startEngine(request.backend ?? engineOfEnvironment(around), say);
  const { signal, release } = listenForStop(around);
  try {
    const dataset = await openDataset(planFor(plan, request.dataset), around, request, signal);
    const modality = request.modality ?? method.modalities[0]!;
    try {
      const samples = abortable(partOf(dataset, request.part), signal);
      const codes = await withModel(plan, method, folder, bits, (trainer) =>
        trainer.encode(samples, modality),
      );
      await writeCodes(resolve(around.cwd, request.out), codes);
      say(`${codes.count} codes of ${codes.bits} bits: ${request.out}`);
    } finally {
      await dataset.dispose();
    }
  } catch (error) {
    throw signal.aborted && isAbort(error) ? new InterruptedError('Stopped; nothing was written.') : error;
  } finally {
    release();
  }
}

async function withModel<Result>(
  plan: Plan,
  method: Method<unknown>,
  folder: string,
  bits: number,
  use: (trainer: Trainer) => Promise<Result>,
): Promise<Result> {
  const { frozen } = plan.backbone;
  // Unless it was frozen, the backbone's weights are in the model.
  const backbone = await makeBackbone(plan, frozen ? plan.backbone.weights : null);
  const trainer = await buildTrainer(plan, method, bits, frozen ? frozenBackbone(backbone) : backbone);
  try {
    await trainer.load(runFiles.bits(folder, bits));
    return await use(trainer);
  } finally {
    trainer.dispose();
    if (frozen) disposeParameters(backbone.parameters);
  }
}

function oneLength(folder: string, plan: Plan, wanted?: number): number {
  if (wanted === undefined && plan.bits.length > 1)
    throw new UsageError(`The run has models of ${plan.bits.join(', ')} bits; name one by --bits.`);
  return finishedBits(folder, plan, wanted === undefined ? undefined : [wanted])[0]!;
}

/** The run's plan, or the same on another data set as it is published: with its default options and its whole train. */
function planFor(plan: Plan, dataset?: string): Plan {
  return dataset === undefined ? plan : { ...plan, dataset: { name: dataset, options: {} }, select: 'last' };
}

function partOf(dataset: Dataset, part: PartName): Samples {
  const samples = dataset[part];
  if (samples !== undefined) return samples;
  throw new UsageError(
    `--part ${part}: the run has no validation split; it was not trained by --select validation.`,
  );
}
