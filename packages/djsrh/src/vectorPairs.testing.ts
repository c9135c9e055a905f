import { labelsFromClassIds, selectLabels, type Batch, type Samples } from '@hash/core';

/** Pairs of vectors in memory, as a data set of features has them; all of one class. */
export function vectorPairs(
  images: readonly (readonly number[])[],
  texts: readonly (readonly number[])[],
): Samples {
  const labels = labelsFromClassIds(
    images.map(() => 0),
    1,
  );
  return {
    length: images.length,
    modalities: ['image', 'text'],
    vectorWidths: { image: images[0]!.length, text: texts[0]!.length },
    labels,
    async *batches({ order, batchSize, views, dropLast = false }): AsyncGenerator<Batch> {
      const all = order ?? Uint32Array.from(images, (_, i) => i);
      for (let start = 0; start < all.length; start += batchSize) {
        const indices = all.slice(start, start + batchSize);
        if (dropLast && indices.length < batchSize) return;
        const rows = (of: readonly (readonly number[])[]) =>
          Float32Array.from([...indices].flatMap((i) => of[i]!));
        const shape = [indices.length, 1, 1, images[0]!.length] as const;
        await Promise.resolve();
        yield {
          indices,
          views: views.map(() => ({ data: rows(images), shape })),
          textVectors: { data: rows(texts), shape: [indices.length, texts[0]!.length] },
          labels: selectLabels(labels, indices),
        };
      }
    },
  };
}
