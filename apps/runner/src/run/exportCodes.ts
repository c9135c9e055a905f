import { extname, resolve } from 'node:path';
import { multiHot, unpackCodes, type BinaryCodes, type Labels } from '@hash/core';
import { writeHdf5, writeMat, type NumericArray } from '@hash/core/files';
import { UsageError } from '../errors.js';
import { PARTS, readItems } from './codeFiles.js';
import { CODE_NAMES } from './codeNames.js';
import { findMethod } from './findMethod.js';
import { lengthOf } from './retrieval.js';
import { readRunConfig, runFiles } from './runFolder.js';
import { oneLength } from './withModel.js';

export interface ExportRequest {
  /** The run folder. */
  readonly run: string;
  /** The file to write: `.mat`, `.h5` or `.hdf5`. */
  readonly out: string;
  readonly bits?: number;
  /** Of the codes, where the model makes such of several lengths. */
  readonly length?: number;
}

export interface Exported {
  /** Names in the file, and the shapes of what they are. */
  readonly arrays: Readonly<Record<string, readonly number[]>>;
  readonly bits: number;
}

const WRITERS: Readonly<Record<string, typeof writeMat>> = {
  '.mat': writeMat,
  '.h5': writeHdf5,
  '.hdf5': writeHdf5,
};

/**
 * Writes codes and labels of a run's queries and database into one file by the names that programs of cross-modal
 * hashing read: codes as float32 -1 and +1 [items, bits], labels as int64 zeros and ones [items, classes].
 *
 * @param cwd  where relative paths start
 * @throws UsageError  on an unknown kind of file or length
 */
export async function exportCodes(request: ExportRequest, cwd: string): Promise<Exported> {
  const out = resolve(cwd, request.out);
  const write = WRITERS[extname(out).toLowerCase()];
  if (write === undefined)
    throw new UsageError(
      `--out: expected a file named *${Object.keys(WRITERS).join(', *')}, but got ${out}.`,
    );
  const folder = resolve(cwd, request.run);
  const { plan } = await readRunConfig(folder);
  const { method } = await findMethod(plan.method, cwd);
  const bits = oneLength(folder, plan, request.bits);
  const arrays = new Map<string, NumericArray>();
  for (const part of PARTS) {
    const all = await readItems(runFiles.codes(folder, bits), part, method.modalities, bits);
    const lengths = [all, ...(all.others ?? [])];
    const items = lengths.find((one) => lengthOf(one) === (request.length ?? bits));
    if (items === undefined)
      throw new UsageError(
        `--length: expected one of ${lengths.map(lengthOf).join(', ')}, but got ${request.length}.`,
      );
    for (const [modality, codes] of items.codes) arrays.set(CODE_NAMES[part][modality], signsOf(codes));
    arrays.set(CODE_NAMES[part].labels, labelsOf(items.labels));
  }
  await write(out, arrays);
  return {
    bits: request.length ?? bits,
    arrays: Object.fromEntries([...arrays].map(([name, { shape }]) => [name, shape])),
  };
}

function signsOf(codes: BinaryCodes): NumericArray {
  const { count, bits } = codes;
  return { dtype: 'float32', shape: [count, bits], data: Float32Array.from(unpackCodes(codes)) };
}

function labelsOf(labels: Labels): NumericArray {
  const data = BigInt64Array.from(multiHot(labels), BigInt);
  return { dtype: 'int64', shape: [labels.count, labels.classes], data };
}
