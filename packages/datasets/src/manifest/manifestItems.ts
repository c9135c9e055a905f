import type { Labels } from '@hash/core';
import { LabelRows } from '../files/labelRows.js';
import { STRICT, type Inspector } from '../inspect/inspector.js';
import { readManifest, type ManifestItem, type ManifestPart } from './readManifest.js';

/** All items of a manifest. */
export interface ManifestItems {
  readonly images: readonly string[];
  readonly texts: readonly (readonly string[])[] | undefined;
  readonly classes: readonly string[];
  readonly labels: Labels;
  /** Positions in each part; undefined where the manifest has none. */
  readonly parts: Readonly<Record<ManifestPart, readonly number[]>> | undefined;
}

/**
 * Reads all items of a manifest.
 *
 * @param names  of the classes; by default the names that occur, in the order of their characters, or numbers
 */
export async function manifestItems(
  path: string,
  names: readonly string[] | undefined,
  inspector: Inspector = STRICT,
): Promise<ManifestItems> {
  const images: string[] = [];
  const texts: (readonly string[])[] = [];
  const classes = new ClassTable(names);
  const rows: (readonly number[])[] = [];
  const lines = new Map<string, number>();
  const parts: Record<ManifestPart, number[]> = { train: [], query: [], database: [], validation: [] };
  let cut = false;
  for await (const item of readManifest(path, inspector)) {
    const place = `${path}:${item.line}`;
    const ids = classes.idsOf(item.labels);
    if (typeof ids === 'string') {
      inspector.problem(`${place}: labels: ${ids}`);
      continue;
    }
    noteOddities(item, place, lines, inspector);
    for (const part of item.parts ?? []) parts[part].push(images.length);
    cut ||= item.parts !== undefined;
    images.push(item.image);
    rows.push(ids);
    if (item.texts !== undefined) texts.push(item.texts);
  }
  return {
    images,
    texts: texts.length > 0 ? texts : undefined,
    ...classes.finish(rows),
    parts: cut ? parts : undefined,
  };
}

function noteOddities(
  { image, labels, line, texts = ['text'] }: ManifestItem,
  place: string,
  lines: Map<string, number>,
  inspector: Inspector,
): void {
  const before = lines.get(image);
  if (before === undefined) lines.set(image, line);
  else
    inspector.note(
      `${place}: the image ${image} is in line ${before} too: a split may part the two. Several texts of an image go into one line, as a list.`,
    );
  if (labels.length === 0) inspector.note(`${place}: no labels: it is relevant to no query.`);
  if (texts.some((text) => text.trim() === '')) inspector.note(`${place}: an empty text.`);
}

/** The classes that labels name. */
class ClassTable {
  readonly #names: readonly string[] | undefined;
  readonly #ids: Map<string, number>;
  #highest = -1;

  constructor(names: readonly string[] | undefined) {
    this.#names = names;
    this.#ids = new Map(names?.map((name, id) => [name, id]));
  }

  /** Numbers of the classes, or what is wrong with them. */
  idsOf(labels: ManifestItem['labels']): readonly number[] | string {
    const ids: number[] = [];
    for (const label of labels) {
      const id = typeof label === 'number' ? label : this.#idOf(label);
      if (id === undefined || (this.#names !== undefined && id >= this.#names.length))
        return `expected the ${this.#names!.length} classes that are named, but found ${JSON.stringify(label)}.`;
      if (id >= MOST_CLASSES) return `expected the number of a class, but found ${id}.`;
      this.#highest = Math.max(this.#highest, id);
      ids.push(id);
    }
    return ids;
  }

  /** The classes in their order, and labels that follow it. */
  finish(rows: readonly (readonly number[])[]): Pick<ManifestItems, 'classes' | 'labels'> {
    const found = [...this.#ids.keys()];
    const numbered = Array.from({ length: this.#highest + 1 }, (_, id) => String(id));
    const classes = this.#names ?? (found.length > 0 ? found.toSorted() : numbered);
    // Names that were found have the numbers of their first use.
    const rank = new Map(classes.map((name, id) => [name, id]));
    const order =
      this.#names !== undefined || found.length === 0 ? undefined : found.map((name) => rank.get(name)!);
    const labels = new LabelRows();
    for (const ids of rows) labels.add(order === undefined ? ids : ids.map((id) => order[id]!));
    return { classes, labels: labels.toLabels(classes.length) };
  }

  #idOf(name: string): number | undefined {
    const known = this.#ids.get(name);
    if (known !== undefined || this.#names !== undefined) return known;
    this.#ids.set(name, this.#ids.size);
    return this.#ids.size - 1;
  }
}

/** More than any data set has: what is above is no number of a class. */
const MOST_CLASSES = 2 ** 20;
