export type { ApDenominator, Cutoff } from './averagePrecision.js';
export { evaluateRetrieval, type RetrievalData, type RetrievalRequest } from './evaluateRetrieval.js';
export type { MetricChoice } from './measures.js';
export {
  precisionRecallByRadius,
  precisionRecallByRank,
  type PrecisionRecallCurve,
} from './precisionRecall.js';
export type { Ties } from './ranking.js';
