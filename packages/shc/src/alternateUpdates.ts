import { CenterUpdates, type CenterUpdatesOptions } from './centerUpdates.js';
import type { HashCenters } from './hashCenters.js';
import type { Similarity } from './similarity.js';
import type { Steps } from './steps.js';

export interface AlternateUpdatesOptions extends CenterUpdatesOptions {
  readonly cycles: number;
}

/** Centres on their way, and the loss of every cycle. */
export interface Alternated {
  readonly centers: HashCenters;
  readonly losses: readonly number[];
}

/** How often a centre is updated in a cycle (authors' code; paper, section 4). */
const UPDATES = 3;

/**
 * Moves centres towards a similarity by cycles of {@link CenterUpdates}, and returns those of the cycle with the least
 * loss. The start itself is not among the candidates, as in the authors' program.
 */
export function* alternateUpdates(
  start: HashCenters,
  similarity: Similarity,
  options: AlternateUpdatesOptions,
): Steps<Alternated> {
  const updates = new CenterUpdates(start, similarity, options);
  const losses: number[] = [];
  let best = start.data;
  for (let cycle = 0; cycle < options.cycles; cycle++) {
    updates.beginCycle();
    if (options.variant === 'official') sweepClasses(updates);
    else finishClasses(updates);
    const loss = updates.loss();
    if (losses.every((earlier) => loss < earlier)) best = Int8Array.from(updates.centers);
    losses.push(loss);
    yield { phase: 'cycle', round: cycle };
  }
  return { centers: { ...start, data: best }, losses };
}

/** The authors' order: all centres, three times; then the multipliers. */
function sweepClasses(updates: CenterUpdates): void {
  for (let sweep = 0; sweep < UPDATES; sweep++) {
    for (let i = 0; i < updates.classes; i++) updates.update(i);
  }
  for (let i = 0; i < updates.classes; i++) updates.raiseMultipliers(i);
}

/** The paper's order, its Algorithm 1: each centre three times, then its multipliers. */
function finishClasses(updates: CenterUpdates): void {
  for (let i = 0; i < updates.classes; i++) {
    for (let sweep = 0; sweep < UPDATES; sweep++) updates.update(i);
    updates.raiseMultipliers(i);
  }
}
