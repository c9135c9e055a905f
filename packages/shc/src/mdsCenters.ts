import type { Rng } from '@hash/core';
import { hadamardCenters, isPowerOfTwo } from './hadamardCenters.js';
import { leastDistance, type HashCenters } from './hashCenters.js';
import { mdsWord } from './mdsWord.js';
import type { Steps } from './steps.js';

/** Sweeps over the classes before the search gives up (authors' code). */
const MAX_SWEEPS = 50;

/**
 * The authors' start, minimal-distance-separated centres: moves one word after the other away from the rest, until all
 * are far enough apart.
 *
 * @returns the words of the first sweep that reached the distance, or of the last
 */
export function* mdsCenters(
  classes: number,
  bits: number,
  minDistance: number,
  rng: Rng,
): Steps<HashCenters> {
  const words = Float64Array.from(firstWords(classes, bits, rng.fork('words')));
  const duals = rng.fork('duals');
  const current = () => ({ classes, bits, data: Int8Array.from(words) });
  for (let sweep = 0; sweep < MAX_SWEEPS; sweep++) {
    for (let i = 0; i < classes; i++) {
      const others = new Float64Array((classes - 1) * bits);
      others.set(words.subarray(0, i * bits));
      others.set(words.subarray((i + 1) * bits), i * bits);
      words.set(mdsWord(words.slice(i * bits, (i + 1) * bits), others, minDistance, duals), i * bits);
      yield { phase: 'start', round: sweep };
    }
    if (leastDistance(current()) >= minDistance) break;
  }
  return current();
}

/** Rows of a Hadamard matrix and their negatives and then random balanced words, or random ones where there is none. */
function firstWords(classes: number, bits: number, rng: Rng): Int8Array {
  if (!isPowerOfTwo(bits)) {
    return Int8Array.from({ length: classes * bits }, () => (rng.chance(0.5) ? 1 : -1));
  }
  const data = new Int8Array(classes * bits).fill(1);
  const rows = hadamardCenters(Math.min(classes, 2 * bits), bits);
  data.set(rows.data);
  for (let i = rows.classes; i < classes; i++) {
    for (const k of rng.permutation(bits).subarray(0, bits / 2)) data[i * bits + k] = -1;
  }
  return data;
}
