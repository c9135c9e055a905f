import type { AugmentSpec, ImageBatch } from '@hash/core';
import { Rng } from '@hash/core/random';
import { applyAugment, augmentedSize, compileAugment, type CompiledAugment } from '../augment/index.js';
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
    for (let i = 0; i < positions.length; i++) {
      if (Atomics.load(stop, 0) !== 0) return undefined;
      const image = await this.#images.read(positions[i]!);
      for (const [v, pipeline] of pipelines.entries()) {
        const { data } = batches[v]!;
        applyAugment(pipeline, image, root?.fork(indices[i]!, v), data, i * (data.length / positions.length));
      }
    }
    return batches;
  }

  close(): void {
    this.#images.close?.();
  }

  #compiled(view: AugmentSpec, v: number): CompiledAugment {
    const key = `${v} ${JSON.stringify(view)}`;
    let compiled = this.#pipelines.get(key);
    if (compiled === undefined) this.#pipelines.set(key, (compiled = compileAugment(view, `view ${v}`)));
    return compiled;
  }
}

function emptyBatch(count: number, size: number): ImageBatch {
  return { data: new Float32Array(count * size * size * 3), shape: [count, size, size, 3] };
}
