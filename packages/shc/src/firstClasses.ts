import { labelIds, type Labels } from '@hash/core';

/**
 * The first class of each item: the only one, as far as SHC's authors' program is concerned.
 *
 * @throws Error that names an item without a class
 */
export function firstClasses(labels: Labels): Int32Array {
  return Int32Array.from({ length: labels.count }, (_, i) => {
    const [first] = labelIds(labels, i);
    if (first === undefined)
      throw new Error(`SHC: expected every image to have a class, but item ${i} has none.`);
    return first;
  });
}
