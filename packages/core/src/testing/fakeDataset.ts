import { labelsFromClassIds } from '../codes/labelsFromClassIds.js';
import { selectLabels } from '../codes/selectLabels.js';
import type { Batch, BatchRequest, Dataset, Samples } from '../contracts/dataset.js';
import type { Rng } from '../random/rng.js';

export interface FakeDatasetOptions {
  readonly rng: Rng;
  readonly train?: number;
  readonly query?: number;
  readonly database?: number;
  readonly classes?: number;
  /** Whether each image has a caption, which names its class. */
  readonly captions?: boolean;
}

/** Pixels of an 8 x 8 RGB image. */
const PIXELS = 8 * 8 * 3;

/**
 * A data set for tests, in memory: an image is its class's random image and noise. Of a pipeline it carries out nothing
 * but the randomness: each view of an image gets noise of its own, drawn as the contract asks.
 */
export function fakeDataset(options: FakeDatasetOptions): Dataset {
  const { rng, train = 24, query = 8, database = 32, classes = 4, captions = false } = options;
  const prototypes = Array.from({ length: classes }, (_, c) => noise(rng.fork('class', c)));
  const samples = (part: string, length: number) => fakeSamples(length, prototypes, captions, rng.fork(part));
  return {
    name: 'fake',
    classes: prototypes.map((_, c) => `class ${c}`),
    train: samples('train', train),
    query: samples('query', query),
    database: samples('database', database),
    split: { protocol: 'fake', seed: null, parts: {}, sha256: '0'.repeat(64) },
    dispose: () => Promise.resolve(),
  };
}

function fakeSamples(
  length: number,
  prototypes: readonly Float32Array[],
  captions: boolean,
  rng: Rng,
): Samples {
  const ids = Array.from({ length }, (_, i) => i % prototypes.length);
  const labels = labelsFromClassIds(ids, prototypes.length);
  const image = (i: number, view: number, chance?: Rng) =>
    blend(prototypes[ids[i]!]!, noise(rng.fork(i)), chance && noise(chance.fork(i, view)));

  async function* batches(request: BatchRequest): AsyncGenerator<Batch> {
    const { batchSize, views, dropLast = false } = request;
    const order = request.order ?? Uint32Array.from({ length }, (_, i) => i);
    for (let from = 0; from < order.length; from += batchSize) {
      const indices = order.slice(from, from + batchSize);
      if (dropLast && indices.length < batchSize) return;
      await Promise.resolve();
      const shape = [indices.length, 8, 8, 3] as const;
      const draw = (view: number) => {
        const data = new Float32Array(indices.length * PIXELS);
        indices.forEach((i, at) => data.set(image(i, view, request.rng), at * PIXELS));
        return { data, shape };
      };
      yield {
        indices,
        views: views.map((_, view) => draw(view)),
        labels: selectLabels(labels, indices),
        ...(captions && { texts: Array.from(indices, (i) => `item ${i} of class ${ids[i]}`) }),
      };
    }
  }
  return { length, modalities: captions ? ['image', 'text'] : ['image'], labels, batches };
}

function noise(rng: Rng): Float32Array {
  return Float32Array.from({ length: PIXELS }, () => rng.normal());
}

function blend(prototype: Float32Array, own: Float32Array, chance?: Float32Array): Float32Array {
  return prototype.map((value, i) => value + 0.3 * own[i]! + 0.3 * (chance?.[i] ?? 0));
}
