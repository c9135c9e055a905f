import type { Batch, BatchRequest, Labels, Modality, Rng, Samples } from '@hash/core';
import { selectLabels } from '@hash/core/data';
import type { CompleteOp } from '../augment/augmentSchema.js';
import { checkRequest } from './checkRequest.js';
import type { RenderPool } from './renderPool.js';
import { vectorsAt, type TagVectors, type Vectors } from './vectors.js';

export interface ImageSamplesParts {
  /** Where the items are in the data set, [length]. */
  readonly positions: Uint32Array;
  readonly labels: Labels;
  readonly pool: RenderPool;
  /** All captions of the item at a position of the data set. */
  readonly captions?: (position: number) => readonly string[];
  /** Texts as vectors, of all items of the data set. */
  readonly textVectors?: Vectors | TagVectors;
}

/** Images, with texts or without, that are read and augmented a few batches ahead of their use. */
export class ImageSamples implements Samples {
  readonly length: number;
  readonly modalities: readonly Modality[];
  readonly vectorWidths: Samples['vectorWidths'];
  readonly labels: Labels;
  readonly #parts: ImageSamplesParts;

  constructor(parts: ImageSamplesParts) {
    const { positions, labels, pool, captions, textVectors } = parts;
    this.length = positions.length;
    this.modalities = captions || textVectors ? ['image', 'text'] : ['image'];
    this.vectorWidths = { image: pool.vectorWidth, text: textVectors?.width };
    this.labels = labels;
    this.#parts = parts;
  }

  async *batches(request: BatchRequest): AsyncGenerator<Batch, void, undefined> {
    const views = checkRequest(request, this.length);
    const { signal } = request;
    const cancelled = new Int32Array(new SharedArrayBuffer(4));
    const cancel = () => void Atomics.store(cancelled, 0, 1);
    signal?.addEventListener('abort', cancel);
    const underWay: Promise<Batch | undefined>[] = [];
    try {
      for (const indices of split(request, this.length)) {
        signal?.throwIfAborted();
        underWay.push(ignoringLater(this.#load(indices, views, request.rng, cancelled.buffer)));
        if (underWay.length > this.#parts.pool.ahead) yield await next(underWay, signal);
      }
      while (underWay.length > 0) yield await next(underWay, signal);
    } finally {
      cancel();
      signal?.removeEventListener('abort', cancel);
    }
  }

  /** @returns nothing if it was cancelled */
  async #load(
    indices: Uint32Array,
    views: readonly (readonly CompleteOp[])[],
    rng: Rng | undefined,
    cancelled: SharedArrayBuffer,
  ): Promise<Batch | undefined> {
    const { positions: all, labels, pool, captions, textVectors } = this.#parts;
    const positions = indices.map((index) => all[index]!);
    const job = { positions, indices, views, rng: rng?.state() ?? null, cancelled };
    const images = views.length === 0 ? [] : await pool.render(job);
    if (images === undefined) return undefined;
    const texts = captions && Array.from(indices, (index) => pick(captions(all[index]!), index, rng));
    return {
      indices,
      views: images,
      labels: selectLabels(labels, indices),
      ...(texts && { texts }),
      ...(textVectors && { textVectors: vectorsAt(textVectors, positions) }),
    };
  }
}

/** The positions of each batch. */
function* split(
  { order, batchSize, dropLast = false }: BatchRequest,
  length: number,
): Generator<Uint32Array> {
  const all = order ?? Uint32Array.from({ length }, (_, i) => i);
  for (let start = 0; start < all.length; start += batchSize) {
    const batch = all.slice(start, start + batchSize);
    if (batch.length === batchSize || !dropLast) yield batch;
  }
}

async function next(underWay: Promise<Batch | undefined>[], signal: AbortSignal | undefined): Promise<Batch> {
  const batch = await underWay.shift();
  signal?.throwIfAborted();
  return batch!; // only a signal cancels while somebody waits
}

/** A promise that may fail before, or without, somebody waiting for it. */
function ignoringLater<T>(promise: Promise<T>): Promise<T> {
  promise.catch(() => undefined);
  return promise;
}

function pick(captions: readonly string[], index: number, rng: Rng | undefined): string {
  return captions[rng === undefined ? 0 : rng.fork(index, 'text').int(captions.length)]!;
}
