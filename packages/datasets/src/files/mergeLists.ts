import { STRICT, type Inspector } from '../inspect/inspector.js';
import { LabelRows } from './labelRows.js';
import type { ListedItem } from './readList.js';

export interface PartList {
  readonly part: string;
  /** Of the list. */
  readonly path: string;
  readonly items: AsyncIterable<ListedItem>;
}

export interface MergedLists {
  /** Each image once, in the order in which the lists first name it. */
  readonly paths: readonly string[];
  /** Of the images. */
  readonly labels: LabelRows;
  /** Numbers behind each path: as many as there are classes, or 1 where it is that of the class. */
  readonly columns: number;
  /** Positions of each part's images. */
  readonly parts: Readonly<Record<string, readonly number[]>>;
}

export interface MergeOptions {
  /** Whether queries may be trained on or searched. */
  readonly overlap?: boolean;
  readonly inspector?: Inspector;
}

/**
 * Numbers the images of several lists, in which one may come again: often train is a part of the database.
 *
 * @throws Error  where lines have different numbers of labels, an image has other labels in another list, or a query is
 *                also trained on or searched
 */
export async function mergeLists(
  lists: readonly PartList[],
  { overlap = false, inspector = STRICT }: MergeOptions = {},
): Promise<MergedLists> {
  const merge = new Merge(overlap, inspector);
  for (const list of lists) await merge.add(list);
  return merge.result();
}

/** Where a list names an image. */
interface Place {
  readonly list: string;
  readonly line: number;
}

class Merge {
  readonly #overlap: boolean;
  readonly #inspector: Inspector;
  readonly #positions = new Map<string, number>();
  readonly #labels = new LabelRows();
  /** Where each image is named first. */
  readonly #places: Place[] = [];
  readonly #parts: Record<string, number[]> = {};
  readonly #queries = new Set<number>();
  #first: (Place & { readonly columns: number }) | undefined;

  constructor(overlap: boolean, inspector: Inspector) {
    this.#overlap = overlap;
    this.#inspector = inspector;
  }

  async add({ part, path: list, items }: PartList): Promise<void> {
    const found = new Set<number>();
    const positions: number[] = (this.#parts[part] = []);
    const before = this.#labels.count;
    for await (const item of items) {
      const place = { list, line: item.line };
      this.#first ??= { ...place, columns: item.columns };
      if (item.columns !== this.#first.columns) {
        const expected = `expected ${this.#first.columns} labels as at ${at(this.#first)}`;
        this.#inspector.problem(`${at(place)}: ${expected}, but found ${item.columns}.`);
        continue;
      }
      const position = this.#positionOf(item, place);
      if (found.has(position))
        this.#inspector.note(`${at(place)}: the list names ${item.path} a second time.`);
      found.add(position);
      positions.push(position);
      if (!this.#overlap) this.#checkQuery(part, item.path, place, position < before ? position : undefined);
      if (part === 'query') this.#queries.add(position);
    }
  }

  /** @param known  its position if another list names it too */
  #checkQuery(part: string, path: string, place: Place, known: number | undefined): void {
    if (known === undefined) return;
    if (part === 'query') {
      const first = at(this.#places[known]!);
      this.#inspector.problem(
        `${at(place)}: expected a query that is neither trained on nor searched, but found ${path}, which ${first} names.`,
      );
    } else if (this.#queries.has(known)) {
      this.#inspector.problem(`${at(place)}: expected no image that is also a query, but found ${path}.`);
    }
  }

  result(): MergedLists {
    const paths = [...this.#positions.keys()];
    return { paths, labels: this.#labels, columns: this.#first?.columns ?? 0, parts: this.#parts };
  }

  #positionOf({ path, ids }: ListedItem, place: Place): number {
    const known = this.#positions.get(path);
    if (known === undefined) {
      this.#positions.set(path, this.#labels.count);
      this.#labels.add(ids);
      this.#places.push(place);
      return this.#labels.count - 1;
    }
    if (!this.#labels.equal(known, ids))
      this.#inspector.problem(
        `${at(place)}: expected the labels that ${path} has at ${at(this.#places[known]!)}, but found others.`,
      );
    return known;
  }
}

function at({ list, line }: Place): string {
  return `${list}:${line}`;
}
