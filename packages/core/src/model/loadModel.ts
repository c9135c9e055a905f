import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { readSafetensors } from '../io/readSafetensors.js';
import { sha256File } from '../io/sha256File.js';
import { assignParameters } from '../nn/assignParameters.js';
import type { Module } from '../nn/module.js';
import { MODEL_RECORD, MODEL_TENSORS, modelRecordSchema, type ModelRecord } from './modelRecord.js';

/** @throws Error  that names the file, where `model.json` is missing or is not what `saveModel` writes */
export async function readModelRecord(folder: string): Promise<ModelRecord> {
  const path = join(folder, MODEL_RECORD);
  const parsed = modelRecordSchema.safeParse(JSON.parse(await readFile(path, 'utf8')));
  if (!parsed.success) throw new Error(`${path} is not a model's record:\n${z.prettifyError(parsed.error)}`);
  return parsed.data;
}

/**
 * Reads the parameters that `saveModel` wrote into a module of the same shape.
 *
 * @throws Error  where the folder holds another method's model, a file is damaged, or a name or shape differs
 */
export async function loadModel(
  folder: string,
  module: Module,
  { method }: Pick<ModelRecord, 'method'>,
): Promise<void> {
  const record = await readModelRecord(folder);
  if (record.method !== method) {
    throw new Error(
      `${join(folder, MODEL_RECORD)}: expected a model of ${method}, but got one of ${record.method}.`,
    );
  }
  const path = join(folder, MODEL_TENSORS);
  const sha256 = await sha256File(path);
  if (sha256 !== record.sha256) {
    throw new Error(`${path}: expected SHA-256 ${record.sha256} as in ${MODEL_RECORD}, but got ${sha256}.`);
  }
  const { tensors } = await readSafetensors(path);
  assignParameters(path, module.parameters, tensors);
}
