import { hitsInTop } from './hitsInTop.js';
import type { Ranking } from './ranking.js';

/** How far down a ranking a metric looks. */
export type Cutoff = number | 'all';

/**
 * What average precision divides by: the hits found in the top k (`hits`: DeepHash-pytorch, DJSRH), all relevant items
 * of the database (`relevant`: the textbook), or as many of them as k places can hold (`min(k, relevant)`).
 * `first k relevant` looks at the first k relevant items wherever they rank, and divides by their number (TwDH).
 */
export type ApDenominator = 'hits' | 'relevant' | 'min(k, relevant)' | 'first k relevant';

/**
 * Average precision of one ranking,
 *
 *     AP = (1/D) Σⱼ j / rⱼ
 *
 * where rⱼ is the rank of the j-th hit, the sum is over hits with rⱼ <= k (for `first k relevant`: j <= k), and D is
 * the denominator. 0 where there is no hit.
 */
export function averagePrecision(ranking: Ranking, k: Cutoff, denominator: ApDenominator): number {
  const { hitRanks, relevant, size } = ranking;
  const limit = k === 'all' ? size : k;
  const hits = denominator === 'first k relevant' ? Math.min(limit, relevant) : hitsInTop(ranking, limit);
  if (hits === 0) return 0;
  let sum = 0;
  for (let hit = 0; hit < hits; hit++) sum += (hit + 1) / hitRanks[hit]!;
  if (denominator === 'relevant') return sum / relevant;
  return sum / (denominator === 'min(k, relevant)' ? Math.min(limit, relevant) : hits);
}
