import type { Rng } from '@hash/core';
import { greedyCenters } from './greedyCenters.js';
import { hadamardCenters } from './hadamardCenters.js';
import { leastDistance, type HashCenters } from './hashCenters.js';
import { mdsCenters } from './mdsCenters.js';
import type { Steps } from './steps.js';

/** How the first centres are found: `mds` as in the authors' program, `greedy` in a second, `hadamard` where it exists. */
export const CENTER_STARTS = ['mds', 'greedy', 'hadamard'] as const;
export type CenterStart = (typeof CENTER_STARTS)[number];

export interface StartCentersOptions {
  readonly classes: number;
  readonly bits: number;
  readonly minDistance: number;
  readonly init: CenterStart;
  readonly rng: Rng;
}

/**
 * Centres that are far enough apart and know nothing of similarity yet.
 *
 * @throws Error that says what was reached, where the distance was not
 */
export function* startCenters(options: StartCentersOptions): Steps<HashCenters> {
  const centers = yield* search(options);
  const { classes, bits, minDistance, init } = options;
  const wanted = `startCenters: expected ${classes} centres of ${bits} bits at distances of at least ${minDistance}`;
  const advice = 'Take more bits, a smaller minDistance, or another init.';
  if (centers.classes < classes) {
    throw new Error(`${wanted}, but init '${init}' found only ${centers.classes} of them. ${advice}`);
  }
  const reached = leastDistance(centers);
  if (reached < minDistance) throw new Error(`${wanted}, but init '${init}' reached ${reached}. ${advice}`);
  return centers;
}

function* search({ classes, bits, minDistance, init, rng }: StartCentersOptions): Steps<HashCenters> {
  if (init === 'mds') return yield* mdsCenters(classes, bits, minDistance, rng.fork('mds'));
  if (init === 'hadamard') return hadamardCenters(classes, bits);
  return greedyCenters(classes, bits, minDistance, rng.fork('greedy'));
}
