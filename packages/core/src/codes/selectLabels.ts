import { checkItem, type Labels, wordsPerItem } from './labels.js';

/** The labels of the given items, in their order; an item may come again. */
export function selectLabels(labels: Labels, order: ArrayLike<number>): Labels {
  const width = wordsPerItem(labels.classes);
  const words = new Uint32Array(order.length * width);
  for (let i = 0; i < order.length; i++) {
    const from = order[i]!;
    checkItem('selectLabels', labels, from);
    for (let word = 0; word < width; word++) words[i * width + word] = labels.words[from * width + word]!;
  }
  return { count: order.length, classes: labels.classes, words };
}
