import type { Rng } from '@hash/core';
import type { HashCenters } from './hashCenters.js';

/** Words drawn before the search gives up; at the sizes of the paper 2,000 are enough. */
const MAX_DRAWS = 200_000;

/**
 * Draws random words and keeps each that is far enough from all before it.
 *
 * @returns the words found: fewer than `classes` where the last draws were all too near
 */
export function greedyCenters(classes: number, bits: number, minDistance: number, rng: Rng): HashCenters {
  const data = new Int8Array(classes * bits);
  let found = 0;
  for (let draw = 0; draw < MAX_DRAWS && found < classes; draw++) {
    for (let k = 0; k < bits; k++) data[found * bits + k] = rng.chance(0.5) ? 1 : -1;
    if (isFar(data, bits, found, minDistance)) found += 1;
  }
  return { classes: found, bits, data: data.slice(0, found * bits) };
}

/** Whether word i is at the distance from all before it. */
function isFar(data: Int8Array, bits: number, i: number, minDistance: number): boolean {
  for (let j = 0; j < i; j++) {
    let distance = 0;
    for (let k = 0; k < bits; k++) if (data[i * bits + k] !== data[j * bits + k]) distance += 1;
    if (distance < minDistance) return false;
  }
  return true;
}
