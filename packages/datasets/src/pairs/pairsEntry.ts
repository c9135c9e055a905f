import { dirname, join, resolve } from 'node:path';
import type { Labels } from '@hash/core';
import type { Access, Content, Entry } from '../catalogue/entry.js';
import { exists, findPlace, firstOf, fromRoot, placeStatus } from '../files/findPlace.js';
import { readBuilt } from '../files/built.js';
import { readNames } from '../files/readNames.js';
import type { Inspector } from '../inspect/inspector.js';
import { manifestItems } from '../manifest/manifestItems.js';
import { cutAtRandom } from '../split/cutAtRandom.js';
import { NumpyRandom } from '../split/numpyRandom.js';
import { splitPerLabel, type PerLabelRule } from '../split/splitPerLabel.js';
import { recordSplit, type SplitParts } from '../split/splitSha256.js';
import { CLIP_DEFAULTS, pairsOptionsWith, type PairsDefaults, type PairsOptions } from './pairsOptions.js';
import { readIndex, type ImageIndex } from './readIndex.js';
import { readLabelMatrix } from './readLabelMatrix.js';
import { readTexts, type Texts } from './readTexts.js';

/** What tells one data set of images and texts from the other. */
export interface PairsSet {
  /** Usual names of the three files; the first that is there is taken. */
  readonly files: Readonly<Record<'index' | 'caption' | 'label', readonly string[]>>;
  readonly defaults: PairsDefaults;
  /** Label after label gives items, where this is there; without it all items are cut at random. */
  readonly perLabel?: {
    /** How many times as many as the others the first label gives. */
    readonly first: number;
    /** Whether train is filled up where later labels had too few items left. */
    readonly pad: boolean;
  };
}

/** The three files of the code bases of CLIP's methods. */
export const TRIPLE: PairsSet = {
  files: {
    index: ['index.mat', 'index.npy'],
    caption: ['caption.mat', 'caption.txt'],
    label: ['label.mat', 'label.npy'],
  },
  defaults: CLIP_DEFAULTS,
};

/** What is written where such a data set is built of an original release. */
const MANIFEST = 'manifest.jsonl';

/** Three files of one row an item: images or their paths, texts, labels. */
interface Triple {
  readonly index: string;
  readonly caption: string;
  readonly label: string;
}

/** Images with texts, in the files of the field's cross-modal code bases. */
export function pairsEntry(name: string, set: PairsSet = TRIPLE): Entry<PairsOptions> {
  const { files, defaults, perLabel } = set;
  const content = `${Object.values(files)
    .map((names) => names.join(' or '))
    .join(', ')}`;
  const marks = Object.values(files).map((names) => [...names, MANIFEST]);
  const places = { name, marks, content: `${content} (or ${MANIFEST}, as data build writes)` };
  return {
    options: pairsOptionsWith(defaults, perLabel ? ' of each label' : ''),
    async open(options, access) {
      const { folder, triple } = await locate(places, files, options, access);
      if (triple.index.endsWith(MANIFEST)) return openManifest(name, set, options, access, triple.index);
      const index = await readIndex(triple.index);
      const labels = await readLabelMatrix(triple.label);
      const texts = await readTexts(triple.caption);
      const items = countOf(index);
      checkRows(triple, triple.label, labels.count, items);
      checkRows(triple, triple.caption, rowsOf(texts), items);
      noteOddities(triple, labels, texts, access.inspector);
      const seed = options.splitSeed ?? access.seed;
      const parts = perLabel
        ? splitPerLabel(labels, ruleOf(perLabel, options, labels.classes), new NumpyRandom(seed))
        : cutAtRandom(items, options, seed);
      return {
        classes: await classNames(join(folder, options.classes), labels.classes),
        ...(await imagesOf(index, triple, folder, options, access)),
        labels,
        ...textsOf(texts),
        split: recordSplit(protocolOf(name, options, defaults, parts), seed, parts),
      };
    },
    status: (root) => placeStatus(places, root),
  };
}

/** The same data set, as {@link buildDataset} writes it. */
async function openManifest(
  name: string,
  { defaults }: PairsSet,
  { images, classes, splitSeed, ...options }: PairsOptions,
  { root, seed: runSeed, inspector }: Access,
  path: string,
): Promise<Content> {
  const folder = dirname(path);
  const named = join(folder, classes);
  const names = (await exists(named)) ? await readNames(named) : undefined;
  const items = await manifestItems(path, names, inspector);
  const { texts } = items;
  if (texts === undefined) throw new Error(`${path}: expected a text for each image, but found none.`);
  const seed = splitSeed ?? runSeed;
  const parts = cutAtRandom(items.images.length, options, seed);
  const { orientation, badImages } = options;
  const home = images === null ? ((await readBuilt(folder))?.images ?? folder) : fromRoot(name, root, images);
  return {
    classes: items.classes,
    images: { kind: 'files', folder: home, paths: items.images, reading: { orientation, badImages } },
    names: items.images,
    labels: items.labels,
    captions: (position) => texts[position]!,
    split: recordSplit(protocolOf(name, options, defaults, parts), seed, parts),
  };
}

function ruleOf(
  { first, pad }: NonNullable<PairsSet['perLabel']>,
  { query, train }: PairsOptions,
  classes: number,
): PerLabelRule {
  return {
    first: { query: query * first, train: train * first },
    others: { query, train },
    padTrainTo: pad ? train * (classes - 1 + first) : 0,
  };
}

async function locate(
  places: Parameters<typeof findPlace>[0],
  files: PairsSet['files'],
  options: PairsOptions,
  { root }: Access,
): Promise<{ folder: string; triple: Triple }> {
  const named = (file: keyof Triple) =>
    options[file] === null ? [...files[file], MANIFEST] : [options[file]];
  const marks = [named('index'), named('caption'), named('label')];
  const folder = await findPlace({ ...places, marks }, options.folder, { root });
  const [index = '', caption = '', label = ''] = await Promise.all(
    marks.map(async (names) => (await firstOf(folder, names))!),
  );
  return { folder, triple: { index, caption, label } };
}

function checkRows({ index }: Triple, path: string, rows: number, items: number): void {
  if (rows !== items)
    throw new Error(`${path}: expected ${items} rows, as many as images of ${index}, but found ${rows}.`);
}

function noteOddities(
  { label, caption }: Triple,
  { count, words }: Labels,
  texts: Texts,
  inspector: Inspector,
): void {
  const width = words.length / count;
  let bare = 0;
  for (let item = 0; item < count; item++)
    if (words.subarray(item * width, (item + 1) * width).every((word) => word === 0)) bare++;
  if (bare > 0) inspector.note(`${label}: ${bare} items have no label: they are relevant to no query.`);
  if (texts.kind !== 'captions') return;
  const silent = texts.captions.filter((captions) => captions.every((text) => text.trim() === '')).length;
  if (silent > 0) inspector.note(`${caption}: ${silent} items have an empty text.`);
}

async function imagesOf(
  index: ImageIndex,
  triple: Triple,
  home: string,
  { images, oldPrefix, newPrefix, ...reading }: PairsOptions,
  { name, root, inspector }: Access,
): Promise<Pick<Content, 'images' | 'names'>> {
  if (index.kind === 'array') return { images: index.images };
  const folder = images === null ? home : fromRoot(name, root, images);
  const paths = index.paths.map((path) =>
    path.startsWith(oldPrefix) ? newPrefix + path.slice(oldPrefix.length) : path,
  );
  const first = resolve(folder, paths[0] ?? '');
  if (!(await exists(first)))
    inspector.problem(
      `${triple.index}: expected the image ${first}, but there is no such file. ` +
        'The options images, or oldPrefix and newPrefix, tell where images are.',
    );
  return { images: { kind: 'files', folder, paths, reading }, names: paths };
}

function textsOf(texts: Texts): Pick<Content, 'captions' | 'textVectors'> {
  if (texts.kind === 'captions') return { captions: (position) => texts.captions[position]! };
  return { textVectors: { kind: 'tags', tags: texts.tags, width: texts.tags.classes } };
}

function countOf(index: ImageIndex): number {
  return index.kind === 'paths' ? index.paths.length : index.count;
}

function rowsOf(texts: Texts): number {
  return texts.kind === 'captions' ? texts.captions.length : texts.tags.count;
}

/** The name of the data set, with the sizes where they are not the published ones. */
function protocolOf(
  name: string,
  { query, train }: Pick<PairsOptions, 'query' | 'train'>,
  defaults: PairsDefaults,
  parts: SplitParts,
): string {
  if (query === defaults.query && train === defaults.train) return name;
  return `${name}, ${parts['query']!.length} queries, ${parts['train']!.length} to train on`;
}

async function classNames(path: string, classes: number): Promise<readonly string[]> {
  if (await exists(path)) return readNames(path, classes);
  return Array.from({ length: classes }, (_, i) => String(i));
}
