import { checkClasses, type Labels, wordsPerItem } from './labels.js';

/** Labels of items with exactly one class each, from 0 to `classes - 1`. */
export function labelsFromClassIds(classIds: ArrayLike<number>, classes: number): Labels {
  checkClasses('labelsFromClassIds', classes);
  const width = wordsPerItem(classes);
  const words = new Uint32Array(classIds.length * width);
  for (let i = 0; i < classIds.length; i++) {
    const id = classIds[i]!;
    if (!Number.isInteger(id) || id < 0 || id >= classes) {
      throw new RangeError(
        `labelsFromClassIds: expected a class from 0 to ${classes - 1}, but item ${i} has ${id}.`,
      );
    }
    words[i * width + (id >> 5)] = 1 << (id & 31);
  }
  return { count: classIds.length, classes, words };
}
