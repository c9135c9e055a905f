/** Takes from `x` what lies along orthonormal vectors. */
export function orthogonalise(x: Float64Array, directions: readonly Float64Array[]): void {
  for (const direction of directions) {
    const along = dot(x, direction);
    for (let i = 0; i < x.length; i++) x[i]! -= along * direction[i]!;
  }
}

export function dot(x: Float64Array, y: Float64Array): number {
  let sum = 0;
  for (let i = 0; i < x.length; i++) sum += x[i]! * y[i]!;
  return sum;
}

/** Views of the rows of a matrix, [rows, n]. */
export function rowsOf(matrix: Float64Array, n: number): Float64Array[] {
  return Array.from({ length: matrix.length / n }, (_, i) => matrix.subarray(i * n, (i + 1) * n));
}

export function identity(n: number): Float64Array {
  return Float64Array.from({ length: n * n }, (_, at) => (at % (n + 1) === 0 ? 1 : 0));
}

/** Scales a vector to length 1. */
export function normalise(x: Float64Array): void {
  const length = Math.sqrt(dot(x, x));
  for (let i = 0; i < x.length; i++) x[i]! /= length;
}
