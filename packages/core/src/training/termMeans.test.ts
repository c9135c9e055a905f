import { expect, it } from '@jest/globals';
import { addTerms, meanTerms } from './termMeans.js';

it('takes means over steps, also of a term that comes later', () => {
  const sums = addTerms(addTerms({}, { a: 1 }), { a: 2, b: 3 });
  expect(sums).toEqual({ a: 3, b: 3 });
  expect(meanTerms(sums, 2)).toEqual({ a: 1.5, b: 1.5 });
});
