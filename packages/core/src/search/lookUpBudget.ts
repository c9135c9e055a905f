/** How much longer than expected a query may take that is still looked up to its end. */
const SLACK = 1.5;

/** After what time to give looking a query up up and scan for it, and what that would have saved of past scans. */
export interface LookUpBudget {
  readonly budget: number;
  readonly saved: number;
}

/**
 * The budget that would have been best for past queries. Queries whose matches are near are looked up in less time than
 * a scan takes; those whose matches are far spend the budget in vain, and are scanned for after that.
 *
 * @param queries  how many had their last match at each distance, [distances]
 * @param scans    the time that all of them were scanned for, [distances]
 * @param reach    the time of looking one up to there, ascending, [distances]
 */
export function bestBudget(queries: Float64Array, scans: Float64Array, reach: Float64Array): LookUpBudget {
  let best = { budget: 0, saved: 0 };
  let far = queries.reduce((a, b) => a + b);
  let saved = 0;
  for (let distance = 0; distance < queries.length; distance++) {
    const budget = SLACK * reach[distance]!;
    far -= queries[distance]!;
    saved += scans[distance]! - queries[distance]! * reach[distance]!;
    if (saved - far * budget > best.saved) best = { budget, saved: saved - far * budget };
  }
  return best;
}
