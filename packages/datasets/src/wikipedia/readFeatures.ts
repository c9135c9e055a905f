import { openMat, toFloat32, type ArrayFile } from '@hash/core/files';
import type { Vectors } from '../loader/vectors.js';

/** Vectors of all items, those for training first. */
export interface Features {
  readonly images: Vectors;
  readonly texts: Vectors;
}

/** How many items each part has: `tr` and `te` in the names of the matrices. */
export type PartSizes = Readonly<Record<'tr' | 'te', number>>;

/**
 * Reads the matrices I_tr and I_te of images, T_tr and T_te of texts: a row for each item.
 *
 * @throws Error  that names the file and the matrix, what is expected and what is found
 */
export async function readFeatures(path: string, sizes: PartSizes): Promise<Features> {
  const file = await openMat(path);
  try {
    return { images: await readBoth(file, 'I', sizes), texts: await readBoth(file, 'T', sizes) };
  } finally {
    await file.close();
  }
}

async function readBoth(file: ArrayFile, letter: string, { tr, te }: PartSizes): Promise<Vectors> {
  const train = await readMatrix(file, `${letter}_tr`, tr);
  const test = await readMatrix(file, `${letter}_te`, te, train.width);
  const data = new Float32Array(train.data.length + test.data.length);
  data.set(train.data);
  data.set(test.data, train.data.length);
  return { kind: 'vectors', data, width: train.width };
}

async function readMatrix(file: ArrayFile, name: string, rows: number, columns?: number) {
  const shape = file.arrays.get(name)?.shape;
  const width = columns ?? shape?.[1] ?? 0;
  if (shape?.length !== 2 || shape[0] !== rows || shape[1] !== width || width === 0) {
    const found = shape === undefined ? 'none' : `one of [${shape.join(', ')}]`;
    const wanted = `[${rows}, ${columns ?? 'any'}]`;
    throw new Error(`${file.path}: expected a matrix ${name} of ${wanted}, but found ${found}.`);
  }
  const data = toFloat32(await file.read(name));
  const wrong = data.findIndex((value) => !Number.isFinite(value));
  if (wrong < 0) return { data, width };
  throw new Error(
    `${file.path}: ${name}: row ${Math.floor(wrong / width)}: expected finite numbers, but found ${data[wrong]}.`,
  );
}
