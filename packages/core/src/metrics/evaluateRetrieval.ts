import { type BinaryCodes, checkCodes, checkSameBits } from '../codes/binaryCodes.js';
import { checkSameClasses, type Labels } from '../codes/labels.js';
import { selectCodes } from '../codes/selectCodes.js';
import { selectLabels } from '../codes/selectLabels.js';
import type { Metric } from '../contracts/results.js';
import { Rng } from '../random/rng.js';
import { type Measure, type MetricChoice, measures, ratio } from './measures.js';
import { QueryRanker } from './queryRanker.js';

/** Codes and labels of queries and database. An item is relevant to a query when they share a label. */
export interface RetrievalData {
  readonly queryCodes: BinaryCodes;
  readonly databaseCodes: BinaryCodes;
  readonly queryLabels: Labels;
  readonly databaseLabels: Labels;
}

export type RetrievalRequest = RetrievalData & MetricChoice;

/**
 * Measures retrieval: ranks the database once for each query and takes all metrics of the choice from it. Each metric
 * says by which rules it was made.
 */
export function evaluateRetrieval(request: RetrievalRequest): Metric[] {
  checkData(request);
  const wanted = measures(request, request.databaseCodes.count);
  const { queryCodes, queryLabels, databaseCodes, databaseLabels } = inTieOrder(request);
  const ranker = new QueryRanker(queryCodes, queryLabels, databaseCodes, databaseLabels);
  const sums = wanted.map(() => ({ observed: 0, weight: 0 }));
  for (let query = 0; query < queryCodes.count; query++) {
    const ranking = ranker.rank(query);
    if (ranking.relevant === 0 && request.queriesWithoutRelevant === 'leave out') continue;
    wanted.forEach(({ observe, weigh }, i) => {
      sums[i]!.observed += observe(ranking);
      sums[i]!.weight += weigh === undefined ? 1 : weigh(ranking);
    });
  }
  return wanted.map((measure, i) => metric(measure, ratio(sums[i]!.observed, sums[i]!.weight), request));
}

function metric({ name, definition }: Measure, value: number, choice: MetricChoice): Metric {
  const rest =
    choice.queriesWithoutRelevant === 'leave out' ? ', queries without relevant items left out' : '';
  return { name, definition: definition + rest, value };
}

/** The data with the database shuffled where ties ask for it. */
function inTieOrder(request: RetrievalRequest): RetrievalData {
  if (request.ties !== 'shuffled') return request;
  const order = new Rng(request.seed ?? 0).permutation(request.databaseCodes.count);
  return {
    ...request,
    databaseCodes: selectCodes(request.databaseCodes, order),
    databaseLabels: selectLabels(request.databaseLabels, order),
  };
}

function checkData({ queryCodes, databaseCodes, queryLabels, databaseLabels }: RetrievalData): void {
  checkCodes('evaluateRetrieval', queryCodes);
  checkCodes('evaluateRetrieval', databaseCodes);
  checkSameBits('evaluateRetrieval', queryCodes, databaseCodes);
  checkSameClasses('evaluateRetrieval', queryLabels, databaseLabels);
  checkCounts('query', queryCodes, queryLabels);
  checkCounts('database', databaseCodes, databaseLabels);
}

function checkCounts(part: string, codes: BinaryCodes, labels: Labels): void {
  if (codes.count !== labels.count) {
    throw new RangeError(
      `evaluateRetrieval: expected as many labels as codes of the ${part}, ${codes.count}, but got ${labels.count}.`,
    );
  }
  if (codes.count === 0) {
    throw new RangeError(`evaluateRetrieval: expected at least one code in the ${part}, but got none.`);
  }
}
