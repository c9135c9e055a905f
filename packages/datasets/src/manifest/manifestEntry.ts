import { dirname, join } from 'node:path';
import { z } from 'zod';
import type { Entry } from '../catalogue/entry.js';
import { exists, findPlace, fromRoot, placeStatus } from '../files/findPlace.js';
import { readNames } from '../files/readNames.js';
import { imageFileOptions } from '../image/imageFileOptions.js';
import { completeParts } from '../split/completeParts.js';
import { cutAtRandom } from '../split/cutAtRandom.js';
import { recordSplit } from '../split/splitSha256.js';
import { manifestItems } from './manifestItems.js';

const FILE = 'manifest.jsonl';

const HINT =
  'Each line is an object such as {"image": "photos/1.jpg", "text": "two dogs on a beach", "labels": ["dog", "beach"]}; the text may be left out.';

const manifestOptions = z.strictObject({
  file: z
    .string()
    .nullable()
    .default(null)
    .describe(`the manifest, from the root; by default ${FILE} in the folder of the data set`),
  images: z
    .string()
    .nullable()
    .default(null)
    .describe('where relative paths of images start, from the root; by default where the manifest is'),
  classes: z
    .string()
    .default('classes.txt')
    .describe('names of the classes beside the manifest, one in each line; without it those that occur'),
  query: z
    .int()
    .min(1)
    .nullable()
    .default(null)
    .describe('queries, where the manifest names no parts; null: a tenth'),
  train: z
    .int()
    .min(1)
    .nullable()
    .default(null)
    .describe('items to train on, where the manifest names no parts; null: all that are searched'),
  ...imageFileOptions,
});

type ManifestOptions = z.infer<typeof manifestOptions>;

/** The user's own data: a line of JSON for each image, with its text or without. */
export function manifestEntry(name: string): Entry<ManifestOptions> {
  const places = { name, marks: [[FILE]], content: `the manifest ${FILE}`, hint: HINT };
  return {
    options: manifestOptions,
    async open(options, { root, seed, inspector }) {
      const path =
        options.file === null
          ? join(await findPlace(places, null, { root }), FILE)
          : fromRoot(name, root, options.file);
      const folder = options.images === null ? dirname(path) : fromRoot(name, root, options.images);
      const named = join(dirname(path), options.classes);
      const names = (await exists(named)) ? await readNames(named) : undefined;
      const items = await manifestItems(path, names, inspector);
      const { texts, images } = items;
      const { query, train } = options;
      const parts =
        items.parts === undefined
          ? cutAtRandom(images.length, { query: query ?? tenth(images.length), train }, seed)
          : completeParts(items.parts, path, (position) => images[position]!, inspector);
      return {
        classes: items.classes,
        images: { kind: 'files', folder, paths: images, reading: options },
        names: images,
        labels: items.labels,
        captions: texts && ((position: number) => texts[position]!),
        split: recordSplit(name, items.parts === undefined ? seed : null, parts),
      };
    },
    status: (root) => placeStatus(places, root),
  };
}

function tenth(count: number): number {
  return Math.max(1, Math.round(count / 10));
}
