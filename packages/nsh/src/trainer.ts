import {
  adam,
  disposeParameters,
  encodeImages,
  epochBatches,
  imageTensor,
  loadModel,
  plainView,
  randomView,
  requireImages,
  saveModel,
  schedules,
  stepsPerEpoch,
  train,
  trainableParameters,
  type BinaryCodes,
  type Dataset,
  type FitOptions,
  type FitReport,
  type Modality,
  type Optimizer,
  type Preprocessing,
  type Samples,
  type tf,
  type Trainer,
  type TrainerContext,
} from '@hash/core';
import type { NshConfig } from './config.js';
import { lossTerms } from './lossTerms.js';
import { NshNetwork } from './network.js';

/** Trains NSH on the images of a data set, without their labels, and encodes images. */
export class NshTrainer implements Trainer {
  readonly config: NshConfig;
  readonly network: NshNetwork;
  readonly #context: TrainerContext;
  readonly #preprocessing: Preprocessing;

  constructor(config: NshConfig, context: TrainerContext) {
    this.config = config;
    this.#context = context;
    this.#preprocessing = context.backbone.preprocessing;
    this.network = new NshNetwork(context.backbone, config, context.rng.fork('heads'));
  }

  async fit(data: Dataset, options?: FitOptions): Promise<FitReport> {
    requireImages(data.train, 'NSH');
    const { config, network } = this;
    const { batchSize, epochs, twoViews } = config;
    if (data.train.length < batchSize) {
      throw new Error(
        `NSH: expected at least a batch of ${batchSize} training images, but got ${data.train.length}.`,
      );
    }
    const view = randomView(config.augmentation, this.#preprocessing);
    const loading = { batchSize, views: twoViews ? [view, view] : [view], dropLast: true };
    const optimizer = makeOptimizer(network, config);
    try {
      return await train({
        parameters: network.parameters,
        optimizer,
        schedule: schedules[config.schedule](),
        rng: this.#context.rng.fork('train'),
        epochs,
        stepsPerEpoch: stepsPerEpoch(data.train, loading),
        batches: (epoch) => epochBatches(data.train, epoch, loading),
        batchSize: ({ indices }) => indices.length,
        lossTerms: ({ views }, pass) => {
          const [view1, view2 = view1] = views.map(imageTensor) as [tf.Tensor4D, tf.Tensor4D?];
          return lossTerms(network, config, view1, view2, pass);
        },
        options,
      });
    } finally {
      optimizer.dispose();
    }
  }

  encode(samples: Samples, modality: Modality): Promise<BinaryCodes> {
    const view = plainView(this.#preprocessing);
    const batchSize = 2 * this.config.batchSize;
    return encodeImages(samples, { method: 'NSH', modality, batchSize, view }, (images) =>
      this.network.relaxedCodes(images),
    );
  }

  save(folder: string): Promise<void> {
    return saveModel(folder, this.network, { method: 'nsh', config: this.config });
  }

  load(folder: string): Promise<void> {
    return loadModel(folder, this.network, { method: 'nsh' });
  }

  dispose(): void {
    disposeParameters(this.network.parameters);
  }
}

function makeOptimizer(
  { parameters }: NshNetwork,
  { learningRate, backboneLearningRate }: NshConfig,
): Optimizer {
  const { backbone, ...heads } = parameters;
  return adam([
    { parameters: trainableParameters(heads), learningRate },
    { parameters: trainableParameters({ backbone: backbone! }), learningRate: backboneLearningRate },
  ]);
}
