import { resolve } from 'node:path';
import type { Modality } from '@hash/core';
import { InterruptedError, isAbort } from '../errors.js';
import type { Surroundings } from '../surroundings.js';
import { abortable } from './abortable.js';
import { writeCodes } from './codeFiles.js';
import { partOf, planFor, type PartName } from './datasetPart.js';
import { findMethod } from './findMethod.js';
import { openDataset, type DatasetRequest } from './openDataset.js';
import type { Say } from './prepareRun.js';
import { settleEngine, startEngine, type EngineRequest } from './engine.js';
import { readRunConfig } from './runFolder.js';
import { listenForStop } from './stopSignal.js';
import { oneLength, withModel } from './withModel.js';

export interface EncodeRequest extends DatasetRequest, EngineRequest {
  /** The run folder. */
  readonly run: string;
  readonly part: PartName;
  /** The file to write. */
  readonly out: string;
  readonly bits?: number;
  /** Of the codes, where the model makes such of several lengths. */
  readonly length?: number;
  readonly modality?: Modality;
  readonly dataset?: string;
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
  await startEngine(settleEngine(around, request), say);
  const { signal, release } = listenForStop(around);
  try {
    const dataset = await openDataset(planFor(plan, request.dataset), around, request, signal);
    const modality = request.modality ?? method.modalities[0]!;
    try {
      const samples = abortable(partOf(dataset, request.part), signal);
      const codes = await withModel({ plan, method, folder, bits }, (trainer) =>
        trainer.encode(samples, modality, request.length),
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
