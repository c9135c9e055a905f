import { dot } from './rows.js';

/** Rows that are multiplied in one pass over the matrix, which is larger than a processor's cache. */
const TOGETHER = 4;

/** What a symmetric matrix, [n, n], makes of some vectors of n numbers. */
export function timesSymmetric(vectors: readonly Float64Array[], matrix: Float64Array): Float64Array[] {
  const products = vectors.map((vector) => new Float64Array(vector.length));
  const n = vectors[0]!.length;
  const inFours = vectors.length - (vectors.length % TOGETHER);
  for (let j = 0; j < n; j++) {
    const row = matrix.subarray(j * n, (j + 1) * n);
    for (let i = 0; i < inFours; i += TOGETHER) addDots(row, vectors, products, i, j);
    for (let i = inFours; i < vectors.length; i++) products[i]![j] = dot(vectors[i]!, row);
  }
  return products;
}

/** Number j of four products. */
function addDots(
  row: Float64Array,
  vectors: readonly Float64Array[],
  products: readonly Float64Array[],
  from: number,
  j: number,
): void {
  const [a, b, c, d] = [vectors[from]!, vectors[from + 1]!, vectors[from + 2]!, vectors[from + 3]!];
  let [ra, rb, rc, rd] = [0, 0, 0, 0];
  for (let k = 0; k < row.length; k++) {
    const x = row[k]!;
    ra += a[k]! * x;
    rb += b[k]! * x;
    rc += c[k]! * x;
    rd += d[k]! * x;
  }
  products[from]![j] = ra;
  products[from + 1]![j] = rb;
  products[from + 2]![j] = rc;
  products[from + 3]![j] = rd;
}
