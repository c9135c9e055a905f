import { rename, rm } from 'node:fs/promises';
import { extname } from 'node:path';
import {
  plainView,
  sha256Hex,
  writeSafetensors,
  type AugmentSpec,
  type Backbone,
  type Samples,
} from '@hash/core';
import { readNpy, writeHdf5, type NumericArray } from '@hash/core/files';
import { backboneSha256 } from './backboneSha256.js';
import { computeFeatures, type FeatureProgress } from './computeFeatures.js';

export interface WriteFeaturesOptions {
  /** Names the samples, for progress. */
  readonly name: string;
  /** The backbone's own by default: images scaled and cropped to its size, and normalised. */
  readonly view?: AugmentSpec;
  /** What decides the features besides the backbone's parameters, such as options: plain data. */
  readonly identity: unknown;
  readonly onProgress?: (progress: FeatureProgress) => void;
  readonly signal?: AbortSignal;
}

type Writer = (path: string, features: NumericArray & { readonly data: Float32Array }) => Promise<unknown>;

/** What turns finished rows into a file, by the endings of file names; an .npy file is finished already. */
const WRITERS: Readonly<Record<string, Writer | null>> = {
  '.npy': null,
  '.safetensors': (path, { shape, data }) =>
    writeSafetensors(path, new Map([['features', { dtype: 'float32', shape, data }]])),
  '.h5': (path, features) => writeHdf5(path, new Map([['features', features]])),
};

/**
 * Writes the features that a backbone computes of samples, in their order: float32 [samples, width], under the name
 * `features` where the format has names. Interrupted, and called again alike, it goes on where it was.
 *
 * @param path  ends in `.npy`, `.safetensors` or `.h5`; replaced as a whole
 * @throws Error  of another ending; the signal's reason when aborted
 */
export async function writeFeatures(
  path: string,
  backbone: Backbone,
  samples: Samples,
  { name, view = plainView(backbone.preprocessing), identity, onProgress, signal }: WriteFeaturesOptions,
): Promise<void> {
  const ending = extname(path).toLowerCase();
  const writer = WRITERS[ending];
  if (writer === undefined) {
    const known = Object.keys(WRITERS).join(', ');
    throw new Error(
      `writeFeatures: ${path}: expected a file name that ends in ${known}, but got '${ending}'.`,
    );
  }
  const key = JSON.stringify([identity, view, backbone.name, await backboneSha256(backbone)]);
  const rows = `${path}.${sha256Hex(key).slice(0, 8)}.npy`;
  const request = { name, samples, view, random: false, draws: 1, signal };
  await computeFeatures(rows, backbone, request, { places: false, dtype: 'float32' }, onProgress);
  if (writer === null) return rename(rows, path);
  const { data, ...array } = await readNpy(rows);
  await writer(path, { ...array, data: data as Float32Array });
  await rm(rows);
}
