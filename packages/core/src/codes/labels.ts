/** Which of the classes each item has: a packed multi-hot matrix. */
export interface Labels {
  readonly count: number;
  readonly classes: number;
  /** [count, ceil(classes / 32)]; class c is bit (c & 31) of word (c >> 5) of its item. */
  readonly words: Uint32Array;
}

export function wordsPerItem(classes: number): number {
  return Math.ceil(classes / 32);
}

/** @throws RangeError, in the name of `caller`, for a number of classes that no labels have */
export function checkClasses(caller: string, classes: number): void {
  if (!Number.isInteger(classes) || classes < 1) {
    throw new RangeError(`${caller}: expected classes to be an integer of at least 1, but got ${classes}.`);
  }
}

/** @throws RangeError, in the name of `caller`, where two sets of labels are not of the same classes */
export function checkSameClasses(caller: string, a: Labels, b: Labels): void {
  if (a.classes !== b.classes) {
    throw new RangeError(
      `${caller}: expected labels of the same classes, but got ${a.classes} and ${b.classes}.`,
    );
  }
}

/** @throws RangeError, in the name of `caller`, where there is no item `i` */
export function checkItem(caller: string, labels: Labels, i: number): void {
  if (!Number.isInteger(i) || i < 0 || i >= labels.count) {
    throw new RangeError(`${caller}: expected an item from 0 to ${labels.count - 1}, but got ${i}.`);
  }
}
