import { gramMatrix, type HashCenters } from './hashCenters.js';
import type { Similarity } from './similarity.js';

/** How far apart centres are, over the pairs of different classes, and how well they reproduce a similarity. */
export interface CenterStatistics {
  readonly classes: number;
  readonly bits: number;
  readonly leastDistance: number;
  readonly greatestDistance: number;
  readonly meanDistance: number;
  /** Divided by the number of pairs. */
  readonly varianceOfDistance: number;
  /** Pairs at the least distance. */
  readonly pairsAtLeastDistance: number;
  /** {@link semanticLoss} */
  readonly loss: number;
}

export function centerStatistics(centers: HashCenters, similarity: Similarity): CenterStatistics {
  const { classes, bits } = centers;
  const gram = gramMatrix(centers);
  const distances: number[] = [];
  for (let i = 0; i < classes; i++) {
    for (let j = 0; j < i; j++) distances.push((bits - gram[i * classes + j]!) / 2);
  }
  const least = distances.reduce((low, x) => Math.min(low, x), Infinity);
  const greatest = distances.reduce((high, x) => Math.max(high, x), -Infinity);
  const mean = distances.reduce((sum, x) => sum + x, 0) / distances.length;
  return {
    classes,
    bits,
    leastDistance: least,
    greatestDistance: greatest,
    meanDistance: mean,
    varianceOfDistance: distances.reduce((sum, x) => sum + (x - mean) ** 2, 0) / distances.length,
    pairsAtLeastDistance: distances.filter((x) => x === least).length,
    loss: semanticLoss(gram, bits, similarity),
  };
}

/**
 * What the paper's Table 3 calls the semantic loss: `(1/C²) Σᵢⱼ (sᵢⱼ − hᵢ·hⱼ / q)²`.
 *
 * @param gram  inner products of the centres, [classes, classes]
 * @param bits  q
 */
export function semanticLoss(gram: Float64Array, bits: number, { data }: Similarity): number {
  let sum = 0;
  for (let at = 0; at < gram.length; at++) sum += (data[at]! - gram[at]! / bits) ** 2;
  return sum / gram.length;
}
