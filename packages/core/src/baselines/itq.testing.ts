import { readFileSync } from 'node:fs';

interface Oracle {
  readonly features: number[][];
  readonly mean: number[];
  /** [7, 7] */
  readonly covariance: number[][];
  readonly directions: number[][];
  readonly variances: number[];
  readonly projected: number[][];
  readonly start: number[][];
  readonly iterations: number;
  readonly rotation: number[][];
  readonly errors: number[];
  readonly codes: number[][];
  readonly square: number[][];
  readonly singular_values: number[];
  /** Largest eigenvalues and eigenvectors of 0.9^|i - j|, [n, n]. */
  readonly slow: { readonly n: number; readonly values: number[]; readonly vectors: number[][] };
}

/** Float64 values of NumPy: `tools/oracles/itq.py`. */
export const oracle = JSON.parse(
  readFileSync(new URL('../../fixtures/itq.json', import.meta.url), 'utf8'),
) as Oracle;
