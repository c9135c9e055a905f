import { labelIds, type Dataset, type Labels, type Modality } from '@hash/core';
import { directionsOfLength, type Direction } from '../../run/retrieval.js';
import type { MeasuredCodes } from '../measureCodes.js';
import { findNeighbours, type Neighbour } from './findNeighbours.js';
import { sampleQueries } from './sampleQueries.js';
import { showItems, type ShownItem } from './showItems.js';

/** Sample queries with what they find. */
export interface Gallery {
  /** `image→text`; empty where there is only one direction. */
  readonly direction: string;
  readonly queries: readonly GalleryQuery[];
}

export interface GalleryQuery {
  readonly item: GalleryItem;
  readonly rows: readonly { readonly label: string; readonly found: readonly FoundItem[] }[];
}

export interface GalleryItem extends ShownItem {
  readonly position: number;
  readonly classes: readonly string[];
}

export interface FoundItem extends GalleryItem {
  readonly distance: number;
  readonly right: boolean;
}

const FOUND = 10;
/** Rows of a direction: with more bit lengths there are fewer queries, so that a page stays small. */
const ROWS = 18;

/**
 * Sample queries of each direction with their nearest items, by the codes of every length. Of several modalities only
 * the directions from one to another are shown.
 *
 * @param dataset  what to show them by; without it they are no more than their classes
 */
export async function makeGallery(
  lengths: readonly MeasuredCodes[],
  dataset: Dataset | undefined,
): Promise<Gallery[]> {
  const { query, database } = lengths[0]!;
  const count = Math.min(6, Math.max(2, Math.floor(ROWS / lengths.length)));
  const queries = sampleQueries(query.labels, count);
  const show: Show = (part, labels, positions, modality) =>
    itemsOf(dataset, part, labels, positions, modality);
  const galleries: Gallery[] = [];
  for (const direction of directionsOfLength(query, database))
    if (query.codes.size === 1 || direction.from !== direction.to)
      galleries.push(await galleryOf(lengths, direction, queries, show));
  return galleries;
}

async function galleryOf(
  lengths: readonly MeasuredCodes[],
  { prefix, from, to, data }: Direction,
  queries: readonly number[],
  show: Show,
): Promise<Gallery> {
  const rows: { label: string; found: Neighbour[][] }[] = [];
  for (const { label, query, database } of lengths) {
    const same = directionsOfLength(query, database).find((other) => other.prefix === prefix)!;
    rows.push({ label, found: await findNeighbours(same.data, queries, FOUND) });
  }
  const positions = rows.flatMap(({ found }) => found.flat().map(({ position }) => position));
  const asked = await show('query', data.queryLabels, queries, from);
  const answer = await show('database', data.databaseLabels, positions, to);
  return {
    direction: prefix.trim(),
    queries: queries.map((position, i) => ({
      item: asked(position),
      rows: rows.map(({ label, found }) => ({
        label,
        found: found[i]!.map((neighbour) => ({ ...answer(neighbour.position), ...neighbour })),
      })),
    })),
  };
}

type Show = (
  part: 'query' | 'database',
  labels: Labels,
  positions: readonly number[],
  modality: Modality,
) => Promise<(position: number) => GalleryItem>;

async function itemsOf(
  dataset: Dataset | undefined,
  part: 'query' | 'database',
  labels: Labels,
  positions: readonly number[],
  modality: Modality,
): Promise<(position: number) => GalleryItem> {
  const shown = dataset && (await showItems(dataset[part], positions, modality));
  const nameOf = (id: number) => dataset?.classes[id] ?? `class ${id}`;
  return (position) => ({
    position,
    classes: labelIds(labels, position).map(nameOf),
    ...shown?.get(position),
  });
}
