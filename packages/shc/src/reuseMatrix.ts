import { mkdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { sha256File, writeFileAtomically } from '@hash/core';
import { readNpy, writeNpy, type NumericArray } from '@hash/core/files';
import { z } from 'zod';

export interface MatrixRequest {
  /** Where it is kept; without one it is made anew. */
  readonly folder: string | undefined;
  /** Of the files `<name>.npy` and `<name>.json`. */
  readonly name: string;
  /** All that decides the values, as plain data. */
  readonly inputs: unknown;
}

export interface MadeMatrix {
  readonly matrix: NumericArray;
  /** What else is to be known of it, as plain data for its record. */
  readonly facts?: unknown;
}

const recordSchema = z.object({ inputs: z.unknown(), sha256: z.string() });

/**
 * Returns a matrix that an earlier run made of the same inputs, or makes it and keeps it. That a file is there means
 * nothing: its record must name these inputs, and the file must be whole.
 */
export async function reuseMatrix(
  request: MatrixRequest,
  make: () => Promise<MadeMatrix>,
): Promise<NumericArray> {
  const { folder, name, inputs } = request;
  if (folder === undefined) return (await make()).matrix;
  const path = join(folder, `${name}.npy`);
  const record = join(folder, `${name}.json`);
  const kept = await readRecord(record);
  if (
    kept &&
    JSON.stringify(kept.inputs) === JSON.stringify(inputs) &&
    (await hasSha256(path, kept.sha256))
  ) {
    return readNpy(path);
  }
  const { matrix, facts } = await make();
  await mkdir(folder, { recursive: true });
  await writeNpy(path, matrix);
  const text = JSON.stringify({ inputs, sha256: await sha256File(path), facts }, null, 2);
  await writeFileAtomically(record, [`${text}\n`]);
  return matrix;
}

async function readRecord(path: string): Promise<z.infer<typeof recordSchema> | undefined> {
  try {
    return recordSchema.parse(JSON.parse(await readFile(path, 'utf8')));
  } catch {
    return undefined;
  }
}

async function hasSha256(path: string, sha256: string): Promise<boolean> {
  return sha256File(path).then(
    (found) => found === sha256,
    () => false,
  );
}
