import type { LossTerms } from './trainEvent.js';

/** @returns the sums with the terms of one more step; a name that is missing on one side counts 0 there */
export function addTerms(sums: LossTerms, terms: LossTerms): LossTerms {
  const added = { ...sums };
  for (const [name, value] of Object.entries(terms)) added[name] = (added[name] ?? 0) + value;
  return added;
}

/** @param steps  over which the terms were summed, at least 1 */
export function meanTerms(sums: LossTerms, steps: number): LossTerms {
  return Object.fromEntries(Object.entries(sums).map(([name, sum]) => [name, sum / steps]));
}
