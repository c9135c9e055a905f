import { type ApDenominator, averagePrecision, type Cutoff } from './averagePrecision.js';
import { expectedAveragePrecision, harmonicNumbers } from './expectedAveragePrecision.js';
import {
  countWithin,
  expectedFirstHitRank,
  expectedHitsInTop,
  firstHitRank,
  hitsInTop,
} from './hitsInTop.js';
import type { Ranking, Ties } from './ranking.js';

/** Which metrics to compute, and by which rules. */
export interface MetricChoice {
  /** k of mAP@k; by default `['all']`. */
  readonly mapAt?: readonly Cutoff[];
  /** Each gives its own mAP@k; by default `['hits']`. */
  readonly denominators?: readonly ApDenominator[];
  /** N of precision@N: hits in the first N, by N (by the size of the database, where that is less). */
  readonly precisionAt?: readonly number[];
  /** N of recall@N: hits in the first N, by all relevant items; 0 for a query that has none. */
  readonly recallAt?: readonly number[];
  /** Radii r of precision@H<=r, the mean over queries; 0 for a query that retrieves nothing. */
  readonly precisionWithin?: readonly number[];
  /** Radii of the precision-recall curve by radius: hits of all queries together, by all that they retrieve or miss. */
  readonly pooledWithin?: readonly number[];
  /** Adds the mean rank of the first hit; a query without one counts with the rank after the last. */
  readonly firstHit?: boolean;
  /** By default `stable`. */
  readonly ties?: Ties;
  /** Shuffles the database where ties are `shuffled`; by default 0. */
  readonly seed?: number;
  /** Most papers count queries that no item of the database answers as 0; some leave them out. By default `count 0`. */
  readonly queriesWithoutRelevant?: 'count 0' | 'leave out';
}

/** A metric as Σ observe / Σ weigh over the queries, or 0 where the weights are 0. */
export interface Measure {
  readonly name: string;
  readonly definition: string;
  readonly observe: (ranking: Ranking) => number;
  /** By default 1. */
  readonly weigh?: (ranking: Ranking) => number;
}

/** How many ranks the metrics of a choice look at, in a database of `size` items. */
export function depthOf(choice: MetricChoice, size: number): number {
  if (choice.ties === 'average') return 0;
  const { mapAt, denominators, precisionAt, recallAt } = withDefaults(choice);
  const wholeMap = mapAt.includes('all') || (mapAt.length > 0 && denominators.includes('first k relevant'));
  if (wholeMap || choice.firstHit) return size;
  return Math.min(size, Math.max(0, ...[...mapAt, ...precisionAt, ...recallAt].map(Number)));
}

function withDefaults({
  mapAt = ['all'],
  denominators = ['hits'],
  precisionAt = [],
  recallAt = [],
}: MetricChoice) {
  return { mapAt, denominators, precisionAt, recallAt };
}

/** The metrics of a choice, in the order of {@link MetricChoice}, for a database of `size` items. */
export function measures(choice: MetricChoice, size: number): Measure[] {
  const { mapAt, denominators, precisionAt, recallAt } = withDefaults(choice);
  const ties = tiesInWords(choice);
  const average = choice.ties === 'average';
  const harmonic = harmonicNumbers(average ? size : 0);
  const topHits = average ? expectedHitsInTop : hitsInTop;
  const precision = (ranking: Ranking, k: Cutoff, denominator: ApDenominator) =>
    average
      ? expectedAveragePrecision(ranking, k, denominator, harmonic)
      : averagePrecision(ranking, k, denominator);
  return [
    ...mapAt.flatMap((k) =>
      denominators.map((denominator) => ({
        name: `mAP@${k}`,
        definition: `${denominator}, ${ties}`,
        observe: (ranking: Ranking) => precision(ranking, k, denominator),
      })),
    ),
    ...precisionAt.map((n) => ({
      name: `precision@${n}`,
      definition: ties,
      observe: (ranking: Ranking) => topHits(ranking, n) / Math.min(n, ranking.size),
    })),
    ...recallAt.map((n) => ({
      name: `recall@${n}`,
      definition: ties,
      observe: (ranking: Ranking) => ratio(topHits(ranking, n), ranking.relevant),
    })),
    ...measuresWithin(choice),
    ...(choice.firstHit ? [firstHitMeasure(average, ties)] : []),
  ];
}

function measuresWithin({ precisionWithin = [], pooledWithin = [] }: MetricChoice): Measure[] {
  return [
    ...precisionWithin.map((radius) => ({
      name: `precision@H<=${radius}`,
      definition: 'mean over queries',
      observe: ({ hits, items }: Ranking) => ratio(countWithin(hits, radius), countWithin(items, radius)),
    })),
    ...pooledWithin.flatMap((radius) => {
      const observe = ({ hits }: Ranking) => countWithin(hits, radius);
      const definition = 'pooled over queries';
      const retrieved = ({ items }: Ranking) => countWithin(items, radius);
      const relevant = (ranking: Ranking) => ranking.relevant;
      return [
        { name: `precision@H<=${radius}`, definition, observe, weigh: retrieved },
        { name: `recall@H<=${radius}`, definition, observe, weigh: relevant },
      ];
    }),
  ];
}

function firstHitMeasure(average: boolean, ties: string): Measure {
  const observe = average ? expectedFirstHitRank : firstHitRank;
  return { name: 'first-hit rank', definition: `mean, ${ties}`, observe };
}

function tiesInWords({ ties = 'stable', seed = 0 }: MetricChoice): string {
  if (ties === 'average') return 'average over ties';
  return ties === 'stable' ? 'stable' : `shuffled by seed ${seed}`;
}

/** a / b, and 0 / 0 = 0. */
export function ratio(a: number, b: number): number {
  return b === 0 ? 0 : a / b;
}

/** @throws RangeError for ranks and radii that there are not */
export function checkChoice(choice: MetricChoice): void {
  const { mapAt = [], precisionAt = [], recallAt = [], precisionWithin = [], pooledWithin = [] } = choice;
  const check = (what: string, least: number, values: readonly Cutoff[]) => {
    const wrong = values.find((value) => value !== 'all' && !(Number.isInteger(value) && value >= least));
    if (wrong === undefined) return;
    throw new RangeError(
      `evaluateRetrieval: expected ${what} to be integers of at least ${least}, but got ${wrong}.`,
    );
  };
  check("mapAt (where not 'all')", 1, mapAt);
  check('precisionAt', 1, precisionAt);
  check('recallAt', 1, recallAt);
  check('precisionWithin', 0, precisionWithin);
  check('pooledWithin', 0, pooledWithin);
}
