import type { Rng } from '@hash/core';
import { LpBox, type Duals } from './lpBox.js';

/** Of the authors' code. */
const FIRST_PENALTY = 1e-5;
const PENALTY_GROWTH = 1.09;
const GREATEST_PENALTY = 1e7;
const OUTER_STEPS = 1000;
const INNER_STEPS = 10;
const MAX_SCORINGS = 100;
const CONVERGED = 1e-6;

/**
 * A word far from others: the signs of an {@link LpBox} search, where they are better than the word at its start.
 *
 * The search counts from the moment its penalty has grown to the full. It looks at some words then, and keeps the last
 * that surpassed the one kept before either in score or in the least distance. Where it converges before, it looks at
 * the last word if that at its start is too near (ours: the authors' program returns its start then).
 *
 * @param word    [bits]
 * @param others  [count, bits]
 */
export function mdsWord(
  word: Float64Array,
  others: Float64Array,
  minDistance: number,
  rng: Rng,
): Float64Array {
  const search = new LpBox(word, others, word.length - 2 * minDistance, drawDuals(word.length, others, rng));
  let kept = { word, ...rate(word, others) };
  let penalty = FIRST_PENALTY;
  for (let outer = 0, scorings = 0; outer < OUTER_STEPS && scorings < MAX_SCORINGS; outer++) {
    for (let inner = 0; inner < INNER_STEPS && !search.step(penalty); inner++);
    penalty = Math.min(PENALTY_GROWTH * penalty, GREATEST_PENALTY);
    const converged = search.residual() < CONVERGED;
    if (penalty === GREATEST_PENALTY || (converged && kept.least < minDistance)) {
      const signs = search.x.map((value) => (value < 0 ? -1 : 1));
      const rating = rate(signs, others);
      if (rating.score > kept.score || rating.least > kept.least) kept = { word: signs, ...rating };
      scorings += 1;
    }
    if (converged) break;
  }
  return kept.word;
}

function drawDuals(bits: number, others: Float64Array, rng: Rng): Duals {
  const draw = (length: number) => Float64Array.from({ length }, () => rng.uniform());
  return { y1: draw(bits), y2: draw(bits), y3: draw(others.length / bits) };
}

/** The distances from a word to others: the least, and least + mean − variance (n − 1). */
function rate(word: Float64Array, others: Float64Array): { readonly least: number; readonly score: number } {
  const bits = word.length;
  const distances: number[] = [];
  for (let at = 0; at < others.length; at += bits) {
    let product = 0;
    for (let k = 0; k < bits; k++) product += word[k]! * others[at + k]!;
    distances.push((bits - product) / 2);
  }
  const least = Math.min(...distances);
  const mean = distances.reduce((sum, x) => sum + x, 0) / distances.length;
  const squares = distances.reduce((sum, x) => sum + (x - mean) ** 2, 0);
  return { least, score: least + mean - squares / Math.max(distances.length - 1, 1) };
}
