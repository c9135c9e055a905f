import {
  adam,
  disposeParameters,
  encodeImages,
  epochBatches,
  imageTensor,
  INFERENCE,
  loadModel,
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
  type Preprocessing,
  type Samples,
  type tf,
  type Trainer,
  type TrainerContext,
} from '@hash/core';
import type { WchConfig } from './config.js';
import { lossTerms } from './lossTerms.js';
import { WchNetwork } from './network.js';
import { inferenceView, trainingView } from './views.js';

/** Trains WCH on the images of a data set, without their labels, and encodes images. */
export class WchTrainer implements Trainer {
  readonly config: WchConfig;
  readonly network: WchNetwork;
  readonly #context: TrainerContext;
  readonly #preprocessing: Preprocessing;

  constructor(config: WchConfig, context: TrainerContext) {
    this.config = config;
    this.#context = context;
    this.#preprocessing = context.backbone.preprocessing;
    this.network = new WchNetwork(context.backbone, config, context.rng.fork('head'));
  }

  async fit(data: Dataset, options?: FitOptions): Promise<FitReport> {
    requireImages(data.train, 'WCH');
    const { config, network } = this;
    const { batchSize, epochs, learningRate } = config;
    const view = trainingView(config, this.#preprocessing);
    const loading = { batchSize, views: [view, view] };
    const optimizer = adam([{ parameters: trainableParameters(network.parameters), learningRate }]);
    try {
      return await train({
        parameters: network.parameters,
        optimizer,
        schedule: schedules.cosine(),
        rng: this.#context.rng.fork('train'),
        epochs,
        stepsPerEpoch: stepsPerEpoch(data.train, loading),
        batches: (epoch) => epochBatches(data.train, epoch, loading),
        batchSize: ({ indices }) => indices.length,
        lossTerms: ({ views }, pass) => {
          const [view1, view2] = views.map(imageTensor) as [tf.Tensor4D, tf.Tensor4D];
          return lossTerms(network, config, view1, view2, pass);
        },
        options,
      });
    } finally {
      optimizer.dispose();
    }
  }

  /** Without mutual attention, which needs two views: as in the authors' code. */
  encode(samples: Samples, modality: Modality): Promise<BinaryCodes> {
    const view = inferenceView(this.config, this.#preprocessing);
    const batchSize = 2 * this.config.batchSize;
    return encodeImages(samples, { method: 'WCH', modality, batchSize, view }, (images) =>
      this.network.head.apply(this.network.tokens(images, INFERENCE)),
    );
  }

  save(folder: string): Promise<void> {
    return saveModel(folder, this.network, { method: 'wch', config: this.config });
  }

  load(folder: string): Promise<void> {
    return loadModel(folder, this.network, { method: 'wch' });
  }

  dispose(): void {
    disposeParameters(this.network.parameters);
  }
}
