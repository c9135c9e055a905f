import type { ImageBatch } from '@hash/core';
import { Rng } from '@hash/core/random';
import { applyAugment } from '../augment/applyAugment.js';
import type { CompleteOp } from '../augment/augmentSchema.js';
import { augmentedSize, compileOps, type CompiledAugment } from '../augment/compileOps.js';
import { openImages, type ImageOrigin, type ImageSource } from './imageSource.js';
import type { RenderJob } from './renderJob.js';

/** Reads and augments images in the thread that it is made in. */
export class BatchRenderer {
  readonly #images: ImageSource;
  readonly #pipelines = new Map<string, CompiledAugment>();

  private constructor(images: ImageSource) {
    this.#images = images;
  }

  static async open(origin: ImageOrigin): Promise<BatchRenderer> {
    return new BatchRenderer(await openImages(origin));
  }

  /** One batch for each view; nothing if the job was cancelled under way. */
  async render({ positions, indices, views, rng, cancelled }: RenderJob): Promise<ImageBatch[] | undefined> {
    const pipelines = views.map((view, v) => this.#compiled(view, v));
    const batches = pipelines.map((pipeline) => emptyBatch(positions.length, augmentedSize(pipeline)));
    const root = rng === null ? undefined : new Rng(rng);
    const stop = new Int32Array(cancelled);
    const sources = this.#sourcesOf(views);
    for (let i = 0; i < positions.length; i++) {
      for (const [source, served] of sources) {
        if (Atomics.load(stop, 0) !== 0) return undefined;
        const image = await source.read(positions[i]!);
        for (const v of served) {
          const { data } = batches[v]!;
          const offset = i * (data.length / positions.length);
          applyAugment(pipelines[v]!, image, root?.fork(indices[i]!, v), data, offset);
        }
      }
    }
    return batches;
  }

  close(): void {
    this.#images.close?.();
  }

  /** Where each view reads its images from, so that views of the same source share them. */
  #sourcesOf(views: RenderJob['views']): Map<ImageSource, number[]> {
    const sources = new Map<ImageSource, number[]>();
    views.forEach((view, v) => {
      const source = this.#images.beginningWith?.(view[0]) ?? this.#images;
      sources.set(source, [...(sources.get(source) ?? []), v]);
    });
    return sources;
  }

  #compiled(view: readonly CompleteOp[], v: number): CompiledAugment {
    const key = `${v} ${JSON.stringify(view)}`;
    let compiled = this.#pipelines.get(key);
    if (compiled === undefined) this.#pipelines.set(key, (compiled = compileOps(view, `view ${v}`)));
    return compiled;
  }
}

function emptyBatch(count: number, size: number): ImageBatch {
  return { data: new Float32Array(count * size * size * 3), shape: [count, size, size, 3] };
}
