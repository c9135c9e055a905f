import { type BinaryCodes, checkCodes, checkSameBits } from '../codes/binaryCodes.js';
import { checkSameClasses, type Labels } from '../codes/labels.js';
import { selectCodes } from '../codes/selectCodes.js';
import { selectLabels } from '../codes/selectLabels.js';
import { Rng } from '../random/rng.js';
import { checkChoice, type MetricChoice } from './measures.js';

/** Codes and labels of queries and database. An item is relevant to a query when they share a label. */
export interface RetrievalData {
  readonly queryCodes: BinaryCodes;
  readonly databaseCodes: BinaryCodes;
  readonly queryLabels: Labels;
  readonly databaseLabels: Labels;
}

export type RetrievalRequest = RetrievalData & MetricChoice;

/**
 * The data of a request, the database shuffled where ties ask for it.
 *
 * @throws RangeError where the data do not fit together, or the choice makes no sense
 */
export function rankedData(request: RetrievalRequest): RetrievalData {
  checkData(request);
  checkChoice(request);
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
