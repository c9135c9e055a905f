import { labelIds, type Labels } from '@hash/core';

/**
 * Queries to look at: the first of each class that none before it has, then, where there are fewer classes, the first of
 * the others. What they find has no say in it.
 *
 * @returns positions, ascending
 */
export function sampleQueries(labels: Labels, count: number): number[] {
  const seen = new Set<number>();
  const first: number[] = [];
  const others: number[] = [];
  for (let query = 0; query < labels.count && first.length < count; query++) {
    const ids = labelIds(labels, query);
    const isNew = ids.length > 0 && !ids.some((id) => seen.has(id));
    if (isNew) {
      first.push(query);
      ids.forEach((id) => seen.add(id));
    } else if (others.length < count) others.push(query);
  }
  return [...first, ...others].slice(0, count).sort((a, b) => a - b);
}
