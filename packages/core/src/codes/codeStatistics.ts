import { type BinaryCodes, bytesPerCode, checkCodes } from './binaryCodes.js';
import { popcount } from './popcount.js';

export interface CodeStatistics {
  /** Mean of each bit as a sign, [bits]: 0 is balanced, ±1 is constant. */
  readonly means: Float64Array;
  /** Pearson's correlation of each pair of bits, [bits, bits]; 0 where a bit is constant. */
  readonly correlations: Float64Array;
  /** Mean of |means|, 0 to 1. */
  readonly imbalance: number;
  /** Mean of |correlations| over pairs of different bits, 0 to 1; 0 for a single bit. */
  readonly meanCorrelation: number;
}

/** How well codes use their bits: good ones are balanced and uncorrelated. */
export function codeStatistics(codes: BinaryCodes): CodeStatistics {
  checkCodes('codeStatistics', codes);
  const { count, bits } = codes;
  if (count === 0) throw new RangeError('codeStatistics: expected at least one code, but got 0.');
  const columns = bitColumns(codes);
  const means = Float64Array.from(columns, (column) => (2 * ones(column, column)) / count - 1);
  const correlations = new Float64Array(bits * bits);
  let sum = 0;
  for (let i = 0; i < bits; i++) {
    for (let j = 0; j <= i; j++) {
      // With shares p, q of ones and r of both: covariance r - pq, variances p(1 - p), q(1 - q).
      const p = (means[i]! + 1) / 2;
      const q = (means[j]! + 1) / 2;
      const spread = Math.sqrt(p * (1 - p) * q * (1 - q));
      const correlation = spread === 0 ? 0 : (ones(columns[i]!, columns[j]!) / count - p * q) / spread;
      correlations[i * bits + j] = correlation;
      correlations[j * bits + i] = correlation;
      if (j < i) sum += Math.abs(correlation);
    }
  }
  return {
    means,
    correlations,
    imbalance: means.reduce((total, mean) => total + Math.abs(mean), 0) / bits,
    meanCorrelation: bits === 1 ? 0 : sum / ((bits * (bits - 1)) / 2),
  };
}

/** The codes turned on their side: one row of `count` packed bits for each bit. */
function bitColumns({ count, bits, data }: BinaryCodes): Uint32Array[] {
  const width = bytesPerCode(bits);
  const columns = Array.from({ length: bits }, () => new Uint32Array(Math.ceil(count / 32)));
  columns.forEach((column, bit) => {
    for (let i = 0; i < count; i++) {
      column[i >> 5]! |= ((data[i * width + (bit >> 3)]! >> (bit & 7)) & 1) << (i & 31);
    }
  });
  return columns;
}

/** How many codes have a one in both columns. */
function ones(a: Uint32Array, b: Uint32Array): number {
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += popcount(a[i]! & b[i]!);
  return sum;
}
