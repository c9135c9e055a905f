import { checkItem, checkSameClasses, type Labels, wordsPerItem } from './labels.js';

/** Whether item `i` of `a` and item `j` of `b` have a class in common: the field's relevance. */
export function sharesLabel(a: Labels, i: number, b: Labels, j: number): boolean {
  checkSameClasses('sharesLabel', a, b);
  checkItem('sharesLabel', a, i);
  checkItem('sharesLabel', b, j);
  const width = wordsPerItem(a.classes);
  for (let word = 0; word < width; word++) {
    if (a.words[i * width + word]! & b.words[j * width + word]!) return true;
  }
  return false;
}
