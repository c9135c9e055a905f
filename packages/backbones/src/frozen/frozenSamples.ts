import type {
  AugmentSpec,
  Batch,
  BatchRequest,
  ImageBatch,
  Labels,
  Modality,
  Rng,
  Samples,
} from '@hash/core';
import type { FeatureRequest } from './computeFeatures.js';
import type { FeatureCache } from './featureCache.js';

export interface FrozenSamplesParts {
  readonly cache: FeatureCache;
  /** Names the samples in the cache: `cifar10-1-train`. */
  readonly name: string;
  /** Of a random view that are kept. */
  readonly draws: number;
}

/** The ops that leave nothing to chance. */
const FIXED: ReadonlySet<AugmentSpec[number]['op']> = new Set(['resize', 'centerCrop', 'normalize']);

/** A view of a request: which features it takes. */
interface FrozenView {
  readonly request: FeatureRequest;
  /** How many views before it are drawn alike. */
  readonly before: number;
}

/** Samples whose images are features from a cache. */
export class FrozenSamples implements Samples {
  readonly length: number;
  readonly modalities: readonly Modality[];
  readonly vectorWidths: Samples['vectorWidths'];
  readonly labels: Labels;
  readonly #samples: Samples;
  readonly #parts: FrozenSamplesParts;

  constructor(samples: Samples, parts: FrozenSamplesParts) {
    this.length = samples.length;
    this.modalities = samples.modalities;
    this.vectorWidths = samples.vectorWidths;
    this.labels = samples.labels;
    this.#samples = samples;
    this.#parts = parts;
  }

  async *batches(request: BatchRequest): AsyncGenerator<Batch, void, undefined> {
    const views = this.#frozenViews(request);
    for await (const batch of this.#samples.batches({ ...request, views: [] })) {
      const images: ImageBatch[] = [];
      for (const view of views) images.push(await this.#read(view, batch.indices, request.rng));
      yield { ...batch, views: images };
    }
  }

  #frozenViews({ views, rng, signal }: BatchRequest): readonly FrozenView[] {
    const { name, draws } = this.#parts;
    const texts = views.map((view) => JSON.stringify(view));
    return views.map((view, v) => {
      const random = view.some(({ op }) => !FIXED.has(op));
      const before = random ? texts.slice(0, v).filter((text) => text === texts[v]).length : 0;
      if (random && rng === undefined) {
        throw new TypeError(
          `batches: expected rng, which the random ops of view ${v} draw from, but got none.`,
        );
      }
      if (random && before >= draws) {
        throw new RangeError(
          `frozenFeatures: expected at least ${before + 1} draws of a view that is asked for so often, but got ${draws}.`,
        );
      }
      return {
        request: { name, samples: this.#samples, view, random, draws: random ? draws : 1, signal },
        before,
      };
    });
  }

  async #read({ request, before }: FrozenView, indices: Uint32Array, rng?: Rng): Promise<ImageBatch> {
    const { draws } = request;
    const rows =
      draws === 1
        ? indices
        : indices.map((index) => {
            const draw = rng!.fork(index, 'draws').permutation(draws)[before]!;
            return draw * this.length + index;
          });
    const { cache } = this.#parts;
    const data = await cache.read(request, rows);
    return { data, shape: [rows.length, data.length / (rows.length * cache.width), 1, cache.width] };
  }
}
