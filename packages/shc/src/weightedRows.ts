/**
 * Adds Σⱼ weights[j] · row j to a vector. Four rows at a time: the inner loop of stage 2 spends its time here.
 *
 * @param sum      changed in place, [width]
 * @param weights  [count]
 * @param rows     [count, width]
 */
export function addWeightedRows(sum: Float64Array, weights: Float64Array, rows: Float64Array): void {
  const width = sum.length;
  const count = weights.length;
  let j = 0;
  for (; j + 4 <= count; j += 4) {
    const [a, b, c, d] = [weights[j]!, weights[j + 1]!, weights[j + 2]!, weights[j + 3]!];
    for (let k = 0, at = j * width; k < width; k++, at++) {
      const pair = a * rows[at]! + b * rows[at + width]!;
      sum[k]! += pair + c * rows[at + 2 * width]! + d * rows[at + 3 * width]!;
    }
  }
  for (; j < count; j++) {
    for (let k = 0; k < width; k++) sum[k]! += weights[j]! * rows[j * width + k]!;
  }
}

/** Row i of the result is Σⱼ weights[i, j] · row j, [count, count] and [count, width] -> [count, width] */
export function combineRows(weights: Float64Array, rows: Float64Array, count: number): Float64Array {
  const width = rows.length / count;
  const combined = new Float64Array(rows.length);
  for (let i = 0; i < count; i++) {
    const sum = combined.subarray(i * width, (i + 1) * width);
    addWeightedRows(sum, weights.subarray(i * count, (i + 1) * count), rows);
  }
  return combined;
}

/** The inner product of each row with a vector, [count, width] and [width] -> [count] */
export function rowProducts(rows: Float64Array, vector: Float64Array): Float64Array {
  const width = vector.length;
  const products = new Float64Array(rows.length / width);
  for (let j = 0, at = 0; j < products.length; j++) {
    let product = 0;
    for (let k = 0; k < width; k++, at++) product += rows[at]! * vector[k]!;
    products[j] = product;
  }
  return products;
}

/** Σⱼ rⱼ rⱼᵀ over the rows, [count, width] -> [width, width] */
export function sumOfOuterProducts(rows: Float64Array, width: number): Float64Array {
  const sum = new Float64Array(width * width);
  for (let row = 0; row < rows.length; row += width) {
    for (let k = 0, at = 0; k < width; k++) {
      const value = rows[row + k]!;
      for (let l = 0; l < width; l++, at++) sum[at]! += value * rows[row + l]!;
    }
  }
  return sum;
}
