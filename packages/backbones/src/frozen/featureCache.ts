import { access, mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { decodeFloat16, sha256Hex, writeFileAtomically, type Backbone } from '@hash/core';
import { NpyRowReader } from '@hash/core/files';
import { computeFeatures, type FeatureProgress, type FeatureRequest } from './computeFeatures.js';

export interface FeatureCacheOptions {
  /** Made where it is missing. */
  readonly folder: string;
  readonly places: boolean;
  /** What decides the features besides the request: plain data, part of the key. */
  readonly identity: unknown;
  readonly onProgress?: ((progress: FeatureProgress) => void) | undefined;
}

/** Of the layout of files, and of how views are drawn for them. */
const FORMAT = 1;

/**
 * Features of samples on the disk: an `.npy` file of float16 (float32 without places) for each part and view, its rows
 * one draw of all samples behind the other, and a `.json` file that says what they are.
 */
export class FeatureCache {
  /** Of each vector. */
  readonly width: number;
  readonly #backbone: Backbone;
  readonly #options: FeatureCacheOptions;
  readonly #readers = new Map<string, Promise<NpyRowReader>>();

  constructor(backbone: Backbone, options: FeatureCacheOptions) {
    this.width = backbone.width;
    this.#backbone = backbone;
    this.#options = options;
  }

  /**
   * Features of rows (`draw * samples.length + position`), one behind the other; computes all where there are none.
   * @returns for each row the image's vector, and those of its places where they are kept
   */
  async read(request: FeatureRequest, rows: Uint32Array): Promise<Float32Array> {
    const reader = await this.#reader(request);
    const data = await reader.read(rows);
    return data instanceof Uint16Array ? decodeFloat16(data) : (data as Float32Array);
  }

  async close(): Promise<void> {
    for (const reader of this.#readers.values()) {
      await reader.then(
        (file) => file.close(),
        () => undefined,
      );
    }
    this.#readers.clear();
  }

  /** Opened once; where that fails, or is aborted, the next request begins again. */
  #reader(request: FeatureRequest): Promise<NpyRowReader> {
    const { name, view, draws } = request;
    const { places, identity, folder } = this.#options;
    const description = { format: FORMAT, name, view, draws, places, identity };
    const text = `${JSON.stringify(description, null, 2)}\n`;
    const path = join(folder, `${name}-${sha256Hex(text).slice(0, 16)}.npy`);
    let reader = this.#readers.get(path);
    if (reader === undefined) {
      reader = this.#open(path, text, request);
      this.#readers.set(path, reader);
      reader.catch(() => this.#readers.delete(path));
    }
    return reader;
  }

  async #open(path: string, description: string, request: FeatureRequest): Promise<NpyRowReader> {
    if (!(await exists(path))) {
      await mkdir(this.#options.folder, { recursive: true });
      await writeFileAtomically(path.replace(/npy$/, 'json'), [description]);
      const { places, onProgress } = this.#options;
      const dtype = places ? 'float16' : 'float32';
      await computeFeatures(path, this.#backbone, request, { places, dtype }, onProgress);
    }
    return NpyRowReader.open(path);
  }
}

async function exists(path: string): Promise<boolean> {
  return access(path).then(
    () => true,
    () => false,
  );
}
