import { access, mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import {
  decodeFloat16,
  encodeFloat16,
  Rng,
  sha256Hex,
  writeFileAtomically,
  type AugmentSpec,
  type Backbone,
  type Samples,
} from '@hash/core';
import { NpyRowReader, NpyRowWriter } from '@hash/core/files';
import { featureRows, vectorsPerImage } from './featureRows.js';

/** The samples of one part of a data set in one view. */
export interface FeatureRequest {
  /** Starts the file's name: `cifar10-1-train`. */
  readonly name: string;
  readonly samples: Samples;
  readonly view: AugmentSpec;
  readonly random: boolean;
  /** How often each sample is drawn: 1 where the view is not random. */
  readonly draws: number;
  readonly signal?: AbortSignal | undefined;
}

/** How far the features of a part have come. */
export interface FeatureProgress {
  /** Data set and part: `cifar10-1-train`. */
  readonly name: string;
  readonly done: number;
  /** Images to pass: the samples, times the draws of a random view. */
  readonly total: number;
}

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
  readonly #backbone: Backbone;
  readonly #options: FeatureCacheOptions;
  readonly #readers = new Map<string, Promise<NpyRowReader>>();

  constructor(backbone: Backbone, options: FeatureCacheOptions) {
    this.#backbone = backbone;
    this.#options = options;
  }

  /** Features of rows (`draw * samples.length + position`), [rows, 1 + places, width]; computes all where there are none. */
  async read(request: FeatureRequest, rows: Uint32Array): Promise<{ data: Float32Array; vectors: number }> {
    const reader = await this.#reader(request);
    const data = await reader.read(rows);
    const [, vectors] = reader.info.shape as [number, number, number];
    return { data: data instanceof Uint16Array ? decodeFloat16(data) : (data as Float32Array), vectors };
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
      await this.#compute(path, request);
    }
    return NpyRowReader.open(path);
  }

  async #compute(
    path: string,
    { name, samples, view, random, draws, signal }: FeatureRequest,
  ): Promise<void> {
    const { places, onProgress } = this.#options;
    const { width } = this.#backbone;
    const total = draws * samples.length;
    const shape = [total, vectorsPerImage(this.#backbone, places), width];
    const writer = await NpyRowWriter.open(path, { dtype: places ? 'float16' : 'float32', shape });
    try {
      while (writer.rows < total) {
        const draw = Math.floor(writer.rows / samples.length);
        const from = writer.rows % samples.length;
        const rng = random ? new Rng('frozen features').fork(draw) : undefined;
        for await (const rows of featureRows(this.#backbone, samples, { view, rng, places, from, signal })) {
          await writer.append(places ? toFloat16(rows, name) : rows);
          onProgress?.({ name, done: writer.rows, total });
        }
      }
    } catch (error) {
      await writer.close();
      throw error;
    }
    await writer.finish();
  }
}

function toFloat16(values: Float32Array, name: string): Uint16Array {
  const halves = encodeFloat16(values);
  const wrong = halves.findIndex((half) => (half & 0x7c00) === 0x7c00);
  if (wrong < 0) return halves;
  throw new RangeError(
    `frozenFeatures: ${name}: expected features of at most 65504, which half precision holds, but got ${values[wrong]}.`,
  );
}

async function exists(path: string): Promise<boolean> {
  return access(path).then(
    () => true,
    () => false,
  );
}
