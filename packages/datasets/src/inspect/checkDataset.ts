import { stat } from 'node:fs/promises';
import { resolve } from 'node:path';
import type { PublishedCounts } from '../catalogue/datasetInfo.js';
import { datasetInfo } from '../catalogue/entries.js';
import type { Content } from '../catalogue/entry.js';
import { openContent } from '../catalogue/openContent.js';
import type { ListedFiles } from '../files/listedFiles.js';
import { findBadImages } from '../packed/findBadImages.js';
import { openArrayImages, type ArrayImages } from '../pairs/arrayImages.js';
import type { Inspector } from './inspector.js';

export interface CheckOptions {
  readonly root?: string;
  readonly options?: unknown;
  readonly split?: string;
  readonly seed?: number;
  /** Whether every image is decoded, or files are only looked for; by default they are decoded. */
  readonly decode?: boolean;
  /** Threads that decode; by default 0: this one. */
  readonly workers?: number;
  readonly signal?: AbortSignal;
  readonly onProgress?: (done: number, total: number) => void;
}

/** What was found in a data set. */
export interface DatasetCheck {
  readonly name: string;
  /** What keeps it from being used: at most {@link MOST_MESSAGES} of it. */
  readonly problems: readonly string[];
  /** What is unusual, likewise. */
  readonly notes: readonly string[];
  /** Problems and notes beyond those. */
  readonly more: number;
  /** Undefined where the data set could not be opened. */
  readonly counts?: Required<PublishedCounts>;
  readonly published: PublishedCounts | null;
  /** Of the split. */
  readonly sha256?: string;
  /** Images that were looked at. */
  readonly images: number;
}

export const MOST_MESSAGES = 100;

/** Reads all of a data set, and gathers what is wrong with it. */
export async function checkDataset(name: string, options: CheckOptions = {}): Promise<DatasetCheck> {
  const { signal } = options;
  const published = datasetInfo(name).counts;
  const found = new Findings();
  let content: Content | undefined;
  let images = 0;
  try {
    content = await openContent(
      name,
      { ...options, download: false, onProgress: undefined },
      'checkDataset',
      found,
    );
    images = await checkImages(content, options, found);
  } catch (error) {
    signal?.throwIfAborted();
    found.problem((error as Error).message);
  }
  const { problems, notes, more } = found;
  const opened = content && { counts: countsOf(content), sha256: content.split.sha256 };
  return { name, problems, notes, more, published, images, ...opened };
}

class Findings implements Inspector {
  readonly problems: string[] = [];
  readonly notes: string[] = [];
  more = 0;

  problem(message: string): void {
    this.#keep(this.problems, message);
  }

  note(message: string): void {
    this.#keep(this.notes, message);
  }

  #keep(list: string[], message: string): void {
    if (list.length < MOST_MESSAGES) list.push(message);
    else this.more++;
  }
}

function countsOf({ classes, split }: Content): Required<PublishedCounts> {
  const { query = [], train = [], database = [] } = split.parts;
  return { classes: classes.length, query: query.length, train: train.length, database: database.length };
}

/** @returns how many were looked at */
async function checkImages(
  { images, labels: { count } }: Content,
  { decode = true, workers = 0, signal, onProgress }: CheckOptions,
  found: Findings,
): Promise<number> {
  if (images.kind === 'array' && decode) await checkArray(images, count, { signal, onProgress }, found);
  if (images.kind !== 'files') return count;
  const there: number[] = [];
  for (const position of images.paths.keys()) {
    signal?.throwIfAborted();
    if (await isThere(images, position, found)) there.push(position);
  }
  const paths = there.map((position) => images.paths[position]!);
  if (!decode) return count;
  const report = ({ done, total }: { done: number; total: number }) => onProgress?.(done, total);
  const bad = await findBadImages({ ...images, paths }, [], { workers, signal, onProgress: report });
  for (const { reason } of bad) found.problem(reason);
  return count;
}

/** Reads each image of an array: a file that is cut short is found out by its last ones. */
async function checkArray(
  origin: ArrayImages,
  count: number,
  { signal, onProgress }: Pick<CheckOptions, 'signal' | 'onProgress'>,
  found: Findings,
): Promise<void> {
  const images = await openArrayImages(origin);
  try {
    for (let position = 0; position < count; position++) {
      signal?.throwIfAborted();
      await images.read(position);
      onProgress?.(position + 1, count);
    }
  } catch (error) {
    signal?.throwIfAborted();
    found.problem((error as Error).message);
  } finally {
    images.close?.();
  }
}

async function isThere({ folder, paths }: ListedFiles, position: number, found: Findings): Promise<boolean> {
  const path = resolve(folder, paths[position]!);
  const info = await stat(path).catch(() => undefined);
  if (info?.isFile() === true) return true;
  found.problem(
    `${path}: expected an image, but there is ${info === undefined ? 'no such file' : 'no file'}.`,
  );
  return false;
}
