import type { Labels, VectorBatch } from '@hash/core';
import { multiHot, selectLabels } from '@hash/core/data';
import type { RenderPool } from './renderPool.js';

/** A vector for each item of a data set, in the place of its image or its text. */
export interface Vectors {
  readonly kind: 'vectors';
  /** [count, width] */
  readonly data: Float32Array;
  readonly width: number;
}

/** Vectors of zeros and ones, a bit for each: which tags of a vocabulary each item has. */
export interface TagVectors {
  readonly kind: 'tags';
  readonly tags: Labels;
  readonly width: number;
}

/** The vectors at some positions of the data set, [n, width]. */
export function vectorsAt(vectors: Vectors | TagVectors, positions: Uint32Array): VectorBatch {
  const { width } = vectors;
  if (vectors.kind === 'tags')
    return { data: multiHot(selectLabels(vectors.tags, positions)), shape: [positions.length, width] };
  const { data } = vectors;
  const rows = new Float32Array(positions.length * width);
  positions.forEach((position, i) => {
    rows.set(data.subarray(position * width, (position + 1) * width), i * width);
  });
  return { data: rows, shape: [positions.length, width] };
}

/** Gives vectors in the place of images: the same for each view. */
export function vectorPool(vectors: Vectors): RenderPool {
  return {
    ahead: 0,
    vectorWidth: vectors.width,
    render({ positions, views }) {
      const { data, shape } = vectorsAt(vectors, positions);
      const [count, width] = shape;
      return Promise.resolve(views.map(() => ({ data, shape: [count, 1, 1, width] as const })));
    },
    dispose: () => Promise.resolve(),
  };
}
