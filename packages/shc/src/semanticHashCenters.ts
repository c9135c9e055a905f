import { Rng } from '@hash/core';
import { alternateUpdates } from './alternateUpdates.js';
import { centerStatistics, type CenterStatistics } from './centerStatistics.js';
import type { CenterVariant } from './centerUpdates.js';
import { flipDescent } from './flipDescent.js';
import { gilbertVarshamovDistance } from './gilbertVarshamovDistance.js';
import { checkCenters, leastDistance, type HashCenters } from './hashCenters.js';
import { checkSimilarity, type Similarity } from './similarity.js';
import { startCenters, type CenterStart } from './startCenters.js';
import { runSteps, type Steps } from './steps.js';

export interface SemanticHashCentersOptions {
  readonly similarity: Similarity;
  readonly bits: number;
  /** d; by default what {@link gilbertVarshamovDistance} says. */
  readonly minDistance?: number;
  /** How to find the first centres, or these themselves; `greedy` by default. */
  readonly init?: CenterStart | HashCenters;
  /** `official` by default: the paper's own equations freeze at 32 and 64 bits. */
  readonly variant?: CenterVariant;
  /** Of the first centres; 0 by default. */
  readonly seed?: number;
  /** T; 30 by default (authors' code; 20 in the paper). */
  readonly cycles?: number;
  /** η; 16 / bits by default (ours), which is 0.5 (authors' code) at 32 bits. */
  readonly step?: number;
  /** μ; 0.625 by default (authors' code). */
  readonly separation?: number;
  /** Whether to end with {@link flipDescent}, which is ours; not by default. */
  readonly descend?: boolean;
}

export interface SemanticHashCenters {
  readonly centers: HashCenters;
  /** d: what all distances are at least. */
  readonly minDistance: number;
  /** Of the centres at the start. */
  readonly start: CenterStatistics;
  /** Of the centres at the end. */
  readonly end: CenterStatistics;
  /** Semantic loss after each cycle. */
  readonly losses: readonly number[];
}

/** ρ, β and Λ (authors' code; paper, section 5.1.4). */
const PROXIMITY = 0.2;
const PENALTY = 1e-6;
const MULTIPLIER = 0.1;

/**
 * Stage 2 of SHC: a word for each class, so that similar classes have near words, and none are nearer than d.
 *
 * @throws Error where the distance is not reached, or the similarity is not a finite square matrix
 * @see Chen et al., ACM TOIS 2025, section 4.2
 */
export function semanticHashCenters(options: SemanticHashCentersOptions): SemanticHashCenters {
  return runSteps(searchCenters(options));
}

/** {@link semanticHashCenters}, step by step. */
export function* searchCenters(options: SemanticHashCentersOptions): Steps<SemanticHashCenters> {
  const { similarity, bits, variant = 'official', cycles = 30, step = 16 / bits } = options;
  const { separation = 0.625, descend = false } = options;
  checkSimilarity('semanticHashCenters', similarity);
  const minDistance = options.minDistance ?? gilbertVarshamovDistance(bits, similarity.classes);
  const start = yield* startOf(options, minDistance);
  const constants = { proximity: PROXIMITY, penalty: PENALTY, multiplier: MULTIPLIER };
  const updates = { minDistance, variant, cycles, step, separation, ...constants };
  const { centers: moved, losses } = yield* alternateUpdates(start, similarity, updates);
  const centers = descend ? yield* flipDescent(moved, similarity, minDistance) : moved;
  return {
    centers,
    minDistance,
    start: centerStatistics(start, similarity),
    end: centerStatistics(centers, similarity),
    losses,
  };
}

function* startOf(
  { similarity: { classes }, bits, init = 'greedy', seed = 0 }: SemanticHashCentersOptions,
  minDistance: number,
): Steps<HashCenters> {
  if (typeof init === 'string') {
    return yield* startCenters({ classes, bits, minDistance, init, rng: new Rng(seed) });
  }
  checkCenters('semanticHashCenters', init);
  if (init.classes !== classes || init.bits !== bits) {
    throw new Error(
      `semanticHashCenters: expected first centres of ${classes} classes and ${bits} bits, ` +
        `but got ${init.classes} and ${init.bits}.`,
    );
  }
  const reached = leastDistance(init);
  if (reached < minDistance) {
    throw new Error(
      `semanticHashCenters: expected first centres at distances of at least ${minDistance}, but got ${reached}.`,
    );
  }
  return init;
}
