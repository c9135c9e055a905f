import {
  epochBatches,
  imageTensor,
  rmsProp,
  schedules,
  stepsPerEpoch,
  train,
  trainableParameters,
  type AugmentSpec,
  type Batch,
  type ExtraState,
  type FitOptions,
  type FitReport,
  type Rng,
  type Samples,
  type tf,
} from '@hash/core';
import type { ShcConfig } from './config.js';
import type { ShcNetwork } from './network.js';

/** What the two stages that train a network have in common. */
export interface TrainStageOptions {
  readonly stage: string;
  readonly network: ShcNetwork;
  readonly samples: Samples;
  readonly view: AugmentSpec;
  readonly config: Pick<ShcConfig, 'batchSize' | 'weightDecay'>;
  readonly epochs: number;
  readonly learningRate: number;
  /** Where the cosine of the learning rate ends; 0 by default. */
  readonly learningRateFloor?: number;
  readonly rng: Rng;
  /** @param outputs  of the network, [n, outputs] */
  lossTerms(outputs: tf.Tensor2D, batch: Batch): Readonly<Record<string, tf.Scalar>>;
  readonly extraState?: ExtraState;
  readonly options?: FitOptions;
}

/** Trains a network by RMSprop, all layers at one rate that falls along a cosine (authors' code; paper, section 5.1.4). */
export async function trainStage(task: TrainStageOptions): Promise<FitReport> {
  const { network, samples, view, config, epochs, learningRate } = task;
  const { batchSize, weightDecay } = config;
  const parameters = trainableParameters(network.parameters);
  const optimizer = rmsProp([{ parameters, learningRate, weightDecay }]);
  const loading = { batchSize, views: [view] };
  try {
    return await train({
      stage: task.stage,
      parameters: network.parameters,
      optimizer,
      schedule: schedules.cosine({ minimum: task.learningRateFloor }),
      rng: task.rng,
      epochs,
      stepsPerEpoch: stepsPerEpoch(samples, loading),
      batches: (epoch) => epochBatches(samples, epoch, loading),
      batchSize: ({ indices }) => indices.length,
      lossTerms: (batch, pass) => task.lossTerms(network.apply(imageTensor(batch.views[0]!), pass), batch),
      extraState: task.extraState,
      options: task.options,
    });
  } finally {
    optimizer.dispose();
  }
}
