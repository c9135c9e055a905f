import type { Labels } from '@hash/core';
import { labelsFromClassIds, labelsFromMultiHot } from '@hash/core/data';
import type { Entry } from '../catalogue/entry.js';
import { recordSplit } from '../split/splitSha256.js';
import { captions } from './caption.js';
import { drawnShapes, sceneAt, shapesCount, shapesLabel, type DrawnShapes } from './drawnShapes.js';
import { SHAPE_NAMES } from './outline.js';
import { shapesOptions, type ShapesOptions } from './shapesOptions.js';

/** `shapes`: one shape in each picture. `shapes-multi`: up to three, and the label is which. */
export function shapesEntry(multi: boolean): Entry<ShapesOptions> {
  return {
    options: shapesOptions,
    open(options, { name, seed }) {
      const images = drawnShapes(multi, seed, options);
      const { train, query } = options;
      return Promise.resolve({
        classes: SHAPE_NAMES.slice(0, options.classes),
        images,
        labels: multi ? multiLabels(images) : singleLabels(options),
        captions: (position) => captions(sceneAt(images, position)),
        split: recordSplit(name, seed, {
          train: range(0, train),
          query: range(train, train + query),
          database: range(train + query, shapesCount(options)),
        }),
      });
    },
    status: () => Promise.resolve({ found: true, detail: 'drawn by the program' }),
  };
}

function singleLabels(options: ShapesOptions): Labels {
  const ids = range(0, shapesCount(options)).map((position) => shapesLabel(position, options));
  return labelsFromClassIds(ids, options.classes);
}

function multiLabels(images: DrawnShapes): Labels {
  const { classes } = images.options;
  const count = shapesCount(images.options);
  const values = new Uint8Array(count * classes);
  for (let position = 0; position < count; position++) {
    for (const { shape } of sceneAt(images, position).objects) {
      values[position * classes + SHAPE_NAMES.indexOf(shape)] = 1;
    }
  }
  return labelsFromMultiHot(values, count, classes);
}

function range(start: number, end: number): number[] {
  return Array.from({ length: end - start }, (_, i) => start + i);
}
