/**
 * Factorises a symmetric positive definite matrix as `L Lᵀ`.
 *
 * @param matrix  [n, n]; only the lower triangle is read
 * @returns a function that replaces the vector b, [n], by the solution x of `matrix · x = b`
 */
export function cholesky(matrix: Float64Array, n: number): (b: Float64Array) => void {
  const factor = new Float64Array(n * n);
  for (let i = 0; i < n; i++) {
    for (let j = 0; j <= i; j++) {
      let sum = matrix[i * n + j]!;
      for (let k = 0; k < j; k++) sum -= factor[i * n + k]! * factor[j * n + k]!;
      factor[i * n + j] = i === j ? Math.sqrt(sum) : sum / factor[j * n + j]!;
    }
  }
  return (b) => {
    for (let i = 0; i < n; i++) {
      let sum = b[i]!;
      for (let k = 0; k < i; k++) sum -= factor[i * n + k]! * b[k]!;
      b[i] = sum / factor[i * n + i]!;
    }
    for (let i = n - 1; i >= 0; i--) {
      let sum = b[i]!;
      for (let k = i + 1; k < n; k++) sum -= factor[k * n + i]! * b[k]!;
      b[i] = sum / factor[i * n + i]!;
    }
  };
}
