import { type Labels, wordsPerItem } from './labels.js';

/** The labels as zeros and ones, [count, classes]. */
export function multiHot({ count, classes, words }: Labels): Float32Array {
  const width = wordsPerItem(classes);
  const values = new Float32Array(count * classes);
  for (let i = 0, at = 0; i < count; i++) {
    for (let id = 0; id < classes; id++, at++) {
      values[at] = (words[i * width + (id >> 5)]! >>> (id & 31)) & 1;
    }
  }
  return values;
}
