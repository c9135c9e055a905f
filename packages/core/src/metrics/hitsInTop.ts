import type { Ranking } from './ranking.js';

/** How many of the first n items are relevant. */
export function hitsInTop({ hitRanks }: Ranking, n: number): number {
  let low = 0;
  let high = hitRanks.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (hitRanks[middle]! <= n) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** {@link hitsInTop} on average over all orders of items at equal distance: a group that n splits gives its share. */
export function expectedHitsInTop({ items, hits }: Ranking, n: number): number {
  let room = n;
  let found = 0;
  for (let distance = 0; distance < items.length && room > 0; distance++) {
    const group = items[distance]!;
    if (group === 0) continue;
    found += (hits[distance]! * Math.min(room, group)) / group;
    room -= Math.min(room, group);
  }
  return found;
}

/** The rank of the first relevant item; where there is none, the rank after the last. */
export function firstHitRank({ hitRanks, relevant, size }: Ranking): number {
  return relevant === 0 ? size + 1 : hitRanks[0]!;
}

/** {@link firstHitRank} on average over all orders of items at equal distance: r hits cut n - r misses into r + 1 parts. */
export function expectedFirstHitRank({ items, hits, size }: Ranking): number {
  let before = 0;
  for (let distance = 0; distance < items.length; distance++) {
    if (hits[distance]! > 0) return before + (items[distance]! + 1) / (hits[distance]! + 1);
    before += items[distance]!;
  }
  return size + 1;
}

/** The sum of counts at distances up to `radius`. */
export function countWithin(counts: Uint32Array, radius: number): number {
  let sum = 0;
  for (let distance = 0; distance < counts.length && distance <= radius; distance++) sum += counts[distance]!;
  return sum;
}
