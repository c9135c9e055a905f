import { existsSync } from 'node:fs';
import { mkdir, readdir } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { bytesPerCode, labelsFromMultiHot, multiHot, type BinaryCodes, type Modality } from '@hash/core';
import { readNpy, writeNpy } from '@hash/core/files';
import { lengthOf, type CodedItems } from './retrieval.js';

/** The parts of a data set that are coded when a run is measured. */
export const PARTS = ['query', 'database'] as const;

export type Part = (typeof PARTS)[number];

/**
 * Writes a list of items: `query-image.npy`, ... and `query-labels.npy`; codes of other lengths into folders of their own,
 * `512/query-image.npy`.
 */
export async function writeItems(folder: string, part: Part, items: CodedItems): Promise<void> {
  const { codes, labels, others = [] } = items;
  for (const [modality, of] of codes) await writeCodes(codeFile(folder, part, modality), of);
  for (const other of others)
    for (const [modality, of] of other.codes)
      await writeCodes(codeFile(join(folder, String(lengthOf(other))), part, modality), of);
  const data = Uint8Array.from(multiHot(labels));
  await writeNpy(labelFile(folder, part), { dtype: 'uint8', shape: [labels.count, labels.classes], data });
}

/** @throws Error  where a file is missing or damaged, or its codes are of another length */
export async function readItems(
  folder: string,
  part: Part,
  modalities: readonly Modality[],
  bits: number,
): Promise<CodedItems> {
  const read = async (place: string, length: number) => {
    const codes = new Map<Modality, BinaryCodes>();
    for (const modality of modalities)
      codes.set(modality, await readItemCodes(place, part, modality, length));
    return codes;
  };
  const codes = await read(folder, bits);
  const { rows, columns, data } = await readByteMatrix(labelFile(folder, part));
  const labels = labelsFromMultiHot(data, rows, columns);
  const others: CodedItems[] = [];
  for (const length of await otherLengths(folder))
    others.push({ codes: await read(join(folder, String(length)), length), labels });
  return others.length === 0 ? { codes, labels } : { codes, labels, others };
}

async function otherLengths(folder: string): Promise<number[]> {
  const lengths = (await readdir(folder)).filter((name) => /^\d+$/.test(name)).map(Number);
  return lengths.sort((a, b) => a - b);
}

/** Writes codes as a matrix of bytes, [count, ceil(bits / 8)]: what faiss takes. */
export async function writeCodes(path: string, { count, bits, data }: BinaryCodes): Promise<void> {
  await mkdir(dirname(path), { recursive: true });
  await writeNpy(path, { dtype: 'uint8', shape: [count, bytesPerCode(bits)], data });
}

/** Reads the codes of a list of items in one modality. */
export function readItemCodes(
  folder: string,
  part: Part,
  modality: Modality,
  bits: number,
): Promise<BinaryCodes> {
  return readCodes(codeFile(folder, part, modality), bits);
}

/** The modalities in which a list of items has codes. */
export function savedModalities(folder: string, part: Part): Modality[] {
  return (['image', 'text'] as const).filter((modality) => existsSync(codeFile(folder, part, modality)));
}

async function readCodes(path: string, bits: number): Promise<BinaryCodes> {
  const { rows, columns, data } = await readByteMatrix(path);
  if (columns !== bytesPerCode(bits))
    throw new Error(`${path}: expected codes of ${bytesPerCode(bits)} bytes, but got ${columns}.`);
  return { count: rows, bits, data };
}

async function readByteMatrix(path: string): Promise<{ rows: number; columns: number; data: Uint8Array }> {
  const { dtype, shape, data } = await readNpy(path);
  const [rows, columns] = shape;
  if (shape.length !== 2 || !(data instanceof Uint8Array))
    throw new Error(`${path}: expected a matrix of uint8, but got ${dtype} [${shape.join(', ')}].`);
  return { rows: rows!, columns: columns!, data };
}

function codeFile(folder: string, part: Part, modality: Modality): string {
  return join(folder, `${part}-${modality}.npy`);
}

function labelFile(folder: string, part: Part): string {
  return join(folder, `${part}-labels.npy`);
}
