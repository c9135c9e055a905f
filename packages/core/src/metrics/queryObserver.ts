import type { Metric } from '../contracts/results.js';
import { depthOf, type Measure, type MetricChoice, measures, ratio } from './measures.js';
import { PlainRanker } from './plainRanker.js';
import type { RankMemory } from './rankMemory.js';
import type { Ranker } from './ranking.js';
import { WasmRanker } from './wasmRanker.js';

/** Takes the measures of one query after the other. */
export class QueryObserver {
  readonly #choice: MetricChoice;
  readonly #measures: readonly Measure[];
  readonly #ranker: Ranker;
  readonly #depth: number;

  /** @param place  among the rankers of the memory, from 0; no two at work may have the same */
  constructor(memory: RankMemory, choice: MetricChoice, place: number) {
    const { size } = memory.layout;
    this.#choice = choice;
    this.#measures = measures(choice, size);
    this.#ranker = memory.wasm === null ? new PlainRanker(memory) : new WasmRanker(memory, place);
    this.#depth = depthOf(choice, size);
  }

  /** What queries `from` to `to` add to the sums and to the weights of each measure, [to - from, measures, 2]. */
  observe(from: number, to: number): Float64Array<ArrayBuffer> {
    const width = 2 * this.#measures.length;
    const rows = new Float64Array((to - from) * width);
    for (let query = from; query < to; query++) {
      const ranking = this.#ranker.rank(query, this.#depth);
      if (ranking.relevant === 0 && this.#choice.queriesWithoutRelevant === 'leave out') continue;
      this.#measures.forEach(({ observe, weigh }, i) => {
        rows[(query - from) * width + 2 * i] = observe(ranking);
        rows[(query - from) * width + 2 * i + 1] = weigh === undefined ? 1 : weigh(ranking);
      });
    }
    return rows;
  }
}

/**
 * The metrics from what all queries add: summed in the order of the queries, so that the result does not depend on who
 * observed which, to the last bit.
 *
 * @param blocks  rows of consecutive queries
 */
export function metricsFrom(blocks: readonly Float64Array[], choice: MetricChoice, size: number): Metric[] {
  const wanted = measures(choice, size);
  const sums = new Float64Array(2 * wanted.length);
  for (const rows of blocks) {
    for (let at = 0; at < rows.length; at++) sums[at % sums.length]! += rows[at]!;
  }
  const rest =
    choice.queriesWithoutRelevant === 'leave out' ? ', queries without relevant items left out' : '';
  return wanted.map(({ name, definition }, i) => ({
    name,
    definition: definition + rest,
    value: ratio(sums[2 * i]!, sums[2 * i + 1]!),
  }));
}
