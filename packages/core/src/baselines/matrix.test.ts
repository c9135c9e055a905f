import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { Rng } from '../random/rng.js';
import { matMul, matMulOfRows, matMulTransposed, transpose } from './matrix.js';
import { compiledMultiplier, plainMultiplier, product } from './product.js';

/** Up to beyond a block of rows and columns, and beyond what is worked on of a line at once. */
const sizes = fc.record({
  rows: fc.integer({ min: 1, max: 140 }),
  inner: fc.integer({ min: 1, max: 300 }),
  columns: fc.integer({ min: 1, max: 140 }),
  seed: fc.integer(),
});

function random(length: number, rng: Rng): Float64Array {
  return Float64Array.from({ length }, () => rng.normal());
}

/** A number of A B, added up one by one. */
function sumAt(a: Float64Array, b: Float64Array, inner: number, columns: number, at: number): number {
  const [i, j] = [Math.floor(at / columns), at % columns];
  let sum = 0;
  for (let k = 0; k < inner; k++) sum += a[i * inner + k]! * b[k * columns + j]!;
  return sum;
}

describe('matrix products', () => {
  it('are sums of products, one added after the other, of matrices as they are and turned', () => {
    fc.assert(
      fc.property(sizes, ({ rows, inner, columns, seed }) => {
        const rng = new Rng(seed);
        const [a, b] = [random(rows * inner, rng), random(inner * columns, rng)];
        const all = { rows, inner, columns };
        const expected = Float64Array.from({ length: rows * columns }, (_, at) =>
          sumAt(a, b, inner, columns, at),
        );
        expect(matMul(a, b, all)).toEqual(expected);
        expect(matMulTransposed(transpose(a, rows, inner), b, all)).toEqual(expected);
        expect(matMulOfRows(a, transpose(b, inner, columns), all)).toEqual(expected);
      }),
      { numRuns: 10 },
    );
  });

  it('are the same where Node may not compile at run time', () => {
    const [rows, inner, columns] = [131, 259, 6];
    const rng = new Rng(1);
    const a = { data: random(rows * inner, rng), count: rows, stride: inner, step: 1 };
    const b = { data: Float32Array.from(random(inner * columns, rng)), count: columns, stride: 1, step: columns }; // prettier-ignore
    const plain = product(a, b, inner, plainMultiplier());
    expect(product(a, b, inner, compiledMultiplier())).toEqual(plain);
  });
});
