import { gramMatrix, type HashCenters } from './hashCenters.js';
import type { Similarity } from './similarity.js';
import type { Steps } from './steps.js';

/** An improvement must be larger than the error of the sums. */
const LEAST_GAIN = 1e-12;

/**
 * An extension of ours, not part of SHC: flips single bits of centres as long as the semantic loss falls and no two
 * centres come nearer than `minDistance`. Class by class the best bit goes first, the lower one where two are equal.
 * It ends where no flip is left that helps.
 */
export function* flipDescent(
  start: HashCenters,
  similarity: Similarity,
  minDistance: number,
): Steps<HashCenters> {
  const centers = { ...start, data: start.data.slice() };
  const gram = gramMatrix(centers);
  for (let round = 0; ; round++) {
    let flips = 0;
    for (let i = 0; i < centers.classes; i++) {
      let bit = findBestFlip(centers, gram, similarity, minDistance, i);
      for (; bit >= 0; bit = findBestFlip(centers, gram, similarity, minDistance, i)) {
        flip(centers, gram, i, bit);
        flips += 1;
      }
    }
    if (flips === 0) return centers;
    yield { phase: 'descent', round };
  }
}

/** @returns the bit of class i whose flip lowers the loss most, or -1 */
function findBestFlip(
  { classes, bits, data }: HashCenters,
  gram: Float64Array,
  { data: similarity }: Similarity,
  minDistance: number,
  i: number,
): number {
  let best = -1;
  let bestChange = -LEAST_GAIN;
  for (let k = 0; k < bits; k++) {
    let change = 0;
    for (let j = 0; j < classes && change < Infinity; j++) {
      if (j === i) continue;
      const product = gram[i * classes + j]!;
      const after = product - 2 * data[i * bits + k]! * data[j * bits + k]!;
      if (bits - after < 2 * minDistance) change = Infinity;
      else {
        // (s − a/q)² − (s − p/q)² = (p − a)(2s − (a + p)/q)/q, for s above and below the diagonal
        const both = similarity[i * classes + j]! + similarity[j * classes + i]!;
        change += ((product - after) * 2 * (both - (after + product) / bits)) / bits;
      }
    }
    if (change < bestChange) [best, bestChange] = [k, change];
  }
  return best;
}

function flip({ classes, bits, data }: HashCenters, gram: Float64Array, i: number, k: number): void {
  const before = 2 * data[i * bits + k]!;
  data[i * bits + k]! *= -1;
  for (let j = 0; j < classes; j++) {
    if (j === i) continue;
    gram[i * classes + j]! -= before * data[j * bits + k]!;
    gram[j * classes + i] = gram[i * classes + j]!;
  }
}
