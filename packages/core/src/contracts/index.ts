export type { AugmentOp, AugmentSpec, Interpolation, Range, Rgb } from './augment.js';
export type { Backbone, BackboneFeatures, Preprocessing, TwoTowerBackbone } from './backbone.js';
export type {
  Batch,
  BatchRequest,
  Dataset,
  ImageBatch,
  Modality,
  Samples,
  SkippedItem,
  SplitRecord,
  VectorBatch,
} from './dataset.js';
export type { Method, Paper, Trainer, TrainerContext } from './method.js';
export { publishedResultSchema, type PublishedResult } from './published.js';
export { readRecipes } from './readRecipes.js';
export { recipeSchema, type Recipe } from './recipe.js';
export { metricSchema, resultsSchema, type Metric, type Results } from './results.js';
export type { TextBackbone, TextFeatures, TextOptions, TokenBatch, Tokenizer } from './text.js';
