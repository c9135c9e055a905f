import { checkItem, type Labels, wordsPerItem } from './labels.js';

/** The classes of item `i`, ascending. */
export function labelIds(labels: Labels, i: number): number[] {
  checkItem('labelIds', labels, i);
  const width = wordsPerItem(labels.classes);
  const ids: number[] = [];
  for (let id = 0; id < labels.classes; id++) {
    if ((labels.words[i * width + (id >> 5)]! >>> (id & 31)) & 1) ids.push(id);
  }
  return ids;
}
