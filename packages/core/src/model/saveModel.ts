import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { storeTensors } from '../io/storeTensors.js';
import { writeFileAtomically } from '../io/writeFileAtomically.js';
import { writeSafetensors } from '../io/writeSafetensors.js';
import type { Module } from '../nn/module.js';
import { flattenParameters } from '../nn/parameterTree.js';
import { MODEL_RECORD, MODEL_TENSORS, type ModelRecord } from './modelRecord.js';

/** Writes `model.safetensors` and, once that is whole, `model.json`. The folder is made where it does not exist. */
export async function saveModel(
  folder: string,
  { parameters }: Module,
  { method, config }: Pick<ModelRecord, 'method' | 'config'>,
): Promise<void> {
  const tensors = await storeTensors(flattenParameters(parameters));
  await mkdir(folder, { recursive: true });
  const sha256 = await writeSafetensors(join(folder, MODEL_TENSORS), tensors, { method });
  const record: ModelRecord = { format: 1, method, config, sha256 };
  await writeFileAtomically(join(folder, MODEL_RECORD), [`${JSON.stringify(record, null, 2)}\n`]);
}
