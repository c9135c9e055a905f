import type { FitOptions, FitReport, Preprocessing, Rng, Samples } from '@hash/core';
import { classificationLoss } from './classificationLoss.js';
import type { ShcConfig } from './config.js';
import { firstClasses } from './firstClasses.js';
import type { ShcNetwork } from './network.js';
import { trainStage } from './trainStage.js';
import { trainingView } from './views.js';

export interface TrainClassifierOptions {
  readonly config: ShcConfig;
  readonly preprocessing: Preprocessing;
  readonly rng: Rng;
  /** Without `evaluation`: the classifier is that of the last epoch. */
  readonly options?: Omit<FitOptions, 'evaluation'>;
}

/** Stage 1 of SHC: trains a network to tell the classes apart. An image of several classes counts as one of the first. */
export function trainClassifier(
  network: ShcNetwork,
  samples: Samples,
  { config, preprocessing, rng, options }: TrainClassifierOptions,
): Promise<FitReport> {
  const { epochs, learningRate, doubleSoftmax } = config.classifier;
  return trainStage({
    stage: 'classifier',
    network,
    samples,
    view: trainingView(config, preprocessing),
    config,
    epochs,
    learningRate,
    rng,
    lossTerms: (logits, { labels }) => ({
      classification: classificationLoss(logits, firstClasses(labels), doubleSoftmax),
    }),
    options,
  });
}
