export { alternateUpdates, type Alternated, type AlternateUpdatesOptions } from './alternateUpdates.js';
export { centerLoss } from './centerLoss.js';
export { centerStatistics, semanticLoss, type CenterStatistics } from './centerStatistics.js';
export {
  CENTER_VARIANTS,
  CenterUpdates,
  type CenterUpdatesOptions,
  type CenterVariant,
} from './centerUpdates.js';
export { classificationLoss } from './classificationLoss.js';
export { classLogits, type ClassLogitsOptions } from './classLogits.js';
export { shcConfigSchema, type ShcConfig } from './config.js';
export { firstClasses } from './firstClasses.js';
export { flipDescent } from './flipDescent.js';
export { gilbertVarshamovDistance } from './gilbertVarshamovDistance.js';
export { greedyCenters } from './greedyCenters.js';
export { hadamardCenters } from './hadamardCenters.js';
export { leastDistance, type HashCenters } from './hashCenters.js';
export { learnSimilarity, type LearnSimilarityOptions } from './learnSimilarity.js';
export { lossTerms } from './lossTerms.js';
export { LpBox, type Duals } from './lpBox.js';
export { mdsCenters } from './mdsCenters.js';
export { shc } from './method.js';
export { ShcNetwork } from './network.js';
export { quantisationLoss } from './quantisationLoss.js';
export {
  searchCenters,
  semanticHashCenters,
  type SemanticHashCenters,
  type SemanticHashCentersOptions,
} from './semanticHashCenters.js';
export { semanticSimilarity, SIMILARITY_VARIANTS, type SimilarityVariant } from './semanticSimilarity.js';
export type { Similarity } from './similarity.js';
export { CENTER_STARTS, startCenters, type CenterStart, type StartCentersOptions } from './startCenters.js';
export { runSteps, runStepsInTurns, type SearchProgress, type Steps } from './steps.js';
export { LABEL_RULES, targetCenters, type LabelRule } from './targetCenters.js';
export { trainClassifier, type TrainClassifierOptions } from './trainClassifier.js';
export { ShcTrainer } from './trainer.js';
export { inferenceView, trainingView } from './views.js';
