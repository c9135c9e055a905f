import type { ApDenominator, Cutoff } from './averagePrecision.js';
import type { Ranking } from './ranking.js';
import { unimodalDistribution } from './unimodalDistribution.js';

/** H(0) ... H(n), H(i) = 1 + 1/2 + ... + 1/i. */
export function harmonicNumbers(n: number): Float64Array {
  const harmonic = new Float64Array(n + 1);
  for (let i = 1; i <= n; i++) harmonic[i] = harmonic[i - 1]! + 1 / i;
  return harmonic;
}

/** Items at equal distance, and what stands before them. */
interface TieGroup {
  readonly itemsBefore: number;
  readonly hitsBefore: number;
  readonly items: number;
  readonly hits: number;
}

/**
 * {@link averagePrecision}, its expectation over all orders of items at equal distance, each order equally likely.
 *
 * Take a group of n items with r hits, s items and h hits before it. The item at its place t is a hit with probability
 * r/n, and then (t - 1)(r - 1)/(n - 1) of the t - 1 before it are hits on average, so m places of the group add
 *
 *     gain(m) = (r/n) Σ_{t=1..m} (h + 1 + (t - 1)(r - 1)/(n - 1)) / (s + t)
 *
 * to the sum of precisions. With S = H(s + m) - H(s) this is (r/n) ((h + 1) S + (r - 1)/(n - 1) (m - (s + 1) S)): no
 * loop over items. Only the group that a cut-off splits needs more, where the cut makes the number of hits random:
 * - `hits`: x of its first m items are hits with hypergeometric probability; given x, they lie evenly over the m places.
 * - `first k relevant`: the last hit that counts, the c-th of the group, is at place t with negative hypergeometric
 *   probability; given t, the c - 1 before it lie evenly over the t - 1 places.
 *
 * @param harmonic  {@link harmonicNumbers} up to the size of the database or more
 */
export function expectedAveragePrecision(
  ranking: Ranking,
  k: Cutoff,
  denominator: ApDenominator,
  harmonic: Float64Array,
): number {
  const { items, hits, relevant, size } = ranking;
  if (relevant === 0) return 0;
  const limit = k === 'all' ? size : k;
  const byHits = denominator === 'first k relevant';
  let sum = 0;
  let itemsBefore = 0;
  let hitsBefore = 0;
  for (let distance = 0; distance < items.length; distance++) {
    const group = { itemsBefore, hitsBefore, items: items[distance]!, hits: hits[distance]! };
    const room = limit - (byHits ? hitsBefore : itemsBefore);
    if (room === 0) break;
    if (room < (byHits ? group.hits : group.items)) {
      if (byHits) return (sum + gainOfFirstHits(group, room, harmonic)) / limit;
      if (denominator === 'hits') return dividedByHits(sum, group, room, harmonic);
      sum += gain(group, room, harmonic);
      break;
    }
    sum += gain(group, group.items, harmonic);
    itemsBefore += group.items;
    hitsBefore += group.hits;
  }
  if (denominator === 'hits') return hitsBefore === 0 ? 0 : sum / hitsBefore;
  return sum / (denominator === 'relevant' ? relevant : Math.min(limit, relevant));
}

/** What the first `places` of a group add to the sum of precisions, on average. */
function gain(group: TieGroup, places: number, harmonic: Float64Array): number {
  const { itemsBefore, hitsBefore, items, hits } = group;
  if (hits === 0 || places === 0) return 0;
  const inverseRanks = harmonic[itemsBefore + places]! - harmonic[itemsBefore]!;
  const density = items === 1 ? 0 : (hits - 1) / (items - 1);
  const precisions = (hitsBefore + 1) * inverseRanks + density * (places - (itemsBefore + 1) * inverseRanks);
  return (hits / items) * precisions;
}

/** The expectation of (sum + gain) / hits, where only the first `places` of the group are seen. */
function dividedByHits(sum: number, group: TieGroup, places: number, harmonic: Float64Array): number {
  const misses = group.items - group.hits;
  const fewest = Math.max(0, places - misses);
  const most = Math.min(places, group.hits);
  const probabilities = unimodalDistribution(
    fewest,
    most,
    (x) => ((group.hits - x) * (places - x)) / ((x + 1) * (misses - places + x + 1)),
  );
  return probabilities.reduce((expectation, probability, i) => {
    const hits = fewest + i;
    if (group.hitsBefore + hits === 0) return expectation;
    const added = gain({ ...group, items: places, hits }, places, harmonic);
    return expectation + (probability * (sum + added)) / (group.hitsBefore + hits);
  }, 0);
}

/** What the first `count` hits of a group, fewer than it has, add to the sum of precisions, on average. */
function gainOfFirstHits(group: TieGroup, count: number, harmonic: Float64Array): number {
  const misses = group.items - group.hits;
  const probabilities = unimodalDistribution(
    count,
    count + misses,
    (place) => (place / (place + 1 - count)) * ((misses - place + count) / (group.items - place)),
  );
  return probabilities.reduce((expectation, probability, i) => {
    const place = count + i;
    const before = gain({ ...group, items: place - 1, hits: count - 1 }, place - 1, harmonic);
    const last = (group.hitsBefore + count) / (group.itemsBefore + place);
    return expectation + probability * (before + last);
  }, 0);
}
