import type { ListedItem } from './readList.js';

export interface PartList {
  readonly part: string;
  /** Of the list. */
  readonly path: string;
  readonly items: readonly ListedItem[];
}

export interface MergedLists {
  /** Each image once, in the order in which the lists first name it. */
  readonly paths: readonly string[];
  /** [images, classes] */
  readonly labels: readonly (readonly number[])[];
  /** Positions of each part's images. */
  readonly parts: Readonly<Record<string, readonly number[]>>;
}

/**
 * Numbers the images of several lists, in which one may come again: often train is a part of the database.
 *
 * @throws Error  where an image has other labels in another list, or a query is also trained on or searched
 */
export function mergeLists(lists: readonly PartList[]): MergedLists {
  const positions = new Map<string, number>();
  const labels: (readonly number[])[] = [];
  const first: string[] = [];
  const parts: Record<string, number[]> = {};
  for (const { part, path: list, items } of lists) {
    parts[part] = items.map(({ path, labels: found, line }) => {
      const known = positions.get(path);
      const position = known ?? labels.length;
      if (known === undefined) {
        positions.set(path, position);
        labels.push(found);
        first.push(`${list}:${line}`);
        checkWidth(labels[0]!, found, `${list}:${line}`, first[0]!);
      } else if (labels[known]!.join() !== found.join()) {
        throw new Error(
          `${list}:${line}: expected the labels that ${path} has at ${first[known]}, but found others.`,
        );
      }
      return position;
    });
  }
  checkQueries(lists, parts);
  return { paths: [...positions.keys()], labels, parts };
}

function checkWidth(
  expected: readonly number[],
  found: readonly number[],
  here: string,
  there: string,
): void {
  if (found.length === expected.length) return;
  throw new Error(`${here}: expected ${expected.length} labels as at ${there}, but found ${found.length}.`);
}

function checkQueries(lists: readonly PartList[], parts: Readonly<Record<string, readonly number[]>>): void {
  const queries = new Set(parts['query']);
  for (const { part, path: list, items } of lists) {
    if (part === 'query') continue;
    const i = parts[part]!.findIndex((position) => queries.has(position));
    if (i >= 0) {
      const { path, line } = items[i]!;
      throw new Error(`${list}:${line}: expected no image that is also a query, but found ${path}.`);
    }
  }
}
