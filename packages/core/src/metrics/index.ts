export type { ApDenominator, Cutoff } from './averagePrecision.js';
export { distanceHistogram, type DistanceHistogram } from './distanceHistogram.js';
export { evaluateRetrieval } from './evaluateRetrieval.js';
export { evaluateRetrievalInThreads, type EvaluationThreads } from './evaluateRetrievalInThreads.js';
export type { MetricChoice } from './measures.js';
export {
  precisionRecallByRadius,
  precisionRecallByRank,
  type PrecisionRecallCurve,
} from './precisionRecall.js';
export type { Ties } from './ranking.js';
export type { RetrievalData, RetrievalRequest } from './retrievalRequest.js';
