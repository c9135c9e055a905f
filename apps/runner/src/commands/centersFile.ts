import { writeFileAtomically } from '@hash/core';
import { readNpy, toFloat32, writeNpy } from '@hash/core/files';
import type { HashCenters, Similarity } from '@hash/shc';
import { UsageError } from '../errors.js';

/** @throws Error  that names the file, where it holds no square matrix of numbers */
export async function readSimilarity(path: string): Promise<Similarity> {
  const array = await readNpy(path);
  const [classes, width] = array.shape;
  if (array.shape.length !== 2 || classes !== width) {
    throw new Error(
      `${path}: expected a similarity [classes, classes], but got [${array.shape.join(', ')}].`,
    );
  }
  const { data } = array;
  return { classes: classes!, data: data instanceof Float64Array ? data : toFloat32(array) };
}

/** @throws Error  that names the file, where it holds no matrix of -1 and 1 */
export async function readCenters(path: string): Promise<HashCenters> {
  const array = await readNpy(path);
  const [classes, bits] = array.shape;
  const values = toFloat32(array);
  const at = values.findIndex((value) => Math.abs(value) !== 1);
  if (array.shape.length !== 2 || at >= 0) {
    const found = at < 0 ? `shape [${array.shape.join(', ')}]` : `${values[at]} at element ${at}`;
    throw new Error(`${path}: expected centres [classes, bits] of -1 and 1, but got ${found}.`);
  }
  return { classes: classes!, bits: bits!, data: Int8Array.from(values) };
}

/**
 * Writes centres for `numpy.load`, int8 [classes, bits], and beside them what is known of them as JSON.
 *
 * @param path  ends in `.npy`
 */
export async function writeCenters(path: string, centers: HashCenters, record: unknown): Promise<void> {
  const { classes, bits, data } = centers;
  await writeNpy(path, { dtype: 'int8', shape: [classes, bits], data });
  await writeFileAtomically(path.replace(/npy$/, 'json'), [`${JSON.stringify(record, null, 2)}\n`]);
}

/** @throws UsageError  unless the name ends in `.npy` */
export function requireNpy(path: string): string {
  if (path.endsWith('.npy')) return path;
  throw new UsageError(`--out: expected a file that ends in .npy, but got '${path}'.`);
}
