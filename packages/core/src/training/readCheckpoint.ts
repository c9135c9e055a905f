import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { readSafetensors } from '../io/readSafetensors.js';
import { sha256File } from '../io/sha256File.js';
import type { StoredTensor } from '../io/storedTensor.js';
import { checkpointSchema, type Checkpoint, type StoredFile } from './checkpoint.js';
import { CHECKPOINT } from './runFolder.js';

/**
 * @returns the checkpoint of a folder, if it has one
 * @throws Error that names the file and each key that is wrong
 */
export async function readCheckpoint(folder: string): Promise<Checkpoint | undefined> {
  const path = join(folder, CHECKPOINT);
  let text: string;
  try {
    text = await readFile(path, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
  let content: unknown;
  try {
    content = JSON.parse(text);
  } catch (error) {
    throw new Error(`Checkpoint ${path}: ${(error as Error).message}`, { cause: error });
  }
  const parsed = checkpointSchema.safeParse(content);
  if (!parsed.success) throw new Error(`Checkpoint ${path}:\n${z.prettifyError(parsed.error)}`);
  return parsed.data;
}

/**
 * Reads a file of tensors that a checkpoint names.
 *
 * @throws Error where it is missing, or is not the one that the checkpoint was made with
 */
export async function readCheckpointTensors(
  folder: string,
  { name, sha256 }: StoredFile,
): Promise<ReadonlyMap<string, StoredTensor>> {
  const path = join(folder, name);
  const found = await sha256File(path).catch((error: unknown) => {
    throw new Error(`Checkpoint ${join(folder, CHECKPOINT)}: could not read ${name}.`, { cause: error });
  });
  if (found !== sha256) {
    throw new Error(`${path}: expected SHA-256 ${sha256}, as ${CHECKPOINT} says, but got ${found}.`);
  }
  return (await readSafetensors(path)).tensors;
}
