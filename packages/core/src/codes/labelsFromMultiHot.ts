import { checkClasses, type Labels, wordsPerItem } from './labels.js';

/**
 * Labels from a matrix of zeros and ones.
 *
 * @param values  [count, classes], row by row
 */
export function labelsFromMultiHot(values: ArrayLike<number>, count: number, classes: number): Labels {
  checkClasses('labelsFromMultiHot', classes);
  if (values.length !== count * classes) {
    throw new RangeError(
      `labelsFromMultiHot: expected ${count * classes} values for ${count} items of ${classes} classes, but got ${values.length}.`,
    );
  }
  const width = wordsPerItem(classes);
  const words = new Uint32Array(count * width);
  for (let i = 0, at = 0; i < count; i++) {
    for (let id = 0; id < classes; id++, at++) {
      const value = values[at];
      if (value === 1) words[i * width + (id >> 5)]! |= 1 << (id & 31);
      else if (value !== 0) {
        throw new RangeError(
          `labelsFromMultiHot: expected 0 or 1 at item ${i}, class ${id}, but got ${value}.`,
        );
      }
    }
  }
  return { count, classes, words };
}
