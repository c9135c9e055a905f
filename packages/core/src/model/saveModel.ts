import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { writeFileAtomically } from '../io/writeFileAtomically.js';
import type { StoredTensor } from '../io/storedTensor.js';
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
  const tensors = new Map<string, StoredTensor>();
  for (const [name, variable] of flattenParameters(parameters)) {
    tensors.set(name, { dtype: 'float32', shape: variable.shape, data: await variable.data<'float32'>() });
  }
  await mkdir(folder, { recursive: true });
  const sha256 = await writeSafetensors(join(folder, MODEL_TENSORS), tensors, { method });
  const record: ModelRecord = { format: 1, method, config, sha256 };
  await writeFileAtomically(join(folder, MODEL_RECORD), [`${JSON.stringify(record, null, 2)}\n`]);
}
