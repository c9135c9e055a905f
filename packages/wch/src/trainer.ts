import {
  adam,
  disposeParameters,
  encodeSamples,
  epochBatches,
  imageTensor,
  INFERENCE,
  loadModel,
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
    requireImages(data.train);
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
  async encode(samples: Samples, modality: Modality): Promise<BinaryCodes> {
    if (modality !== 'image')
      throw new Error(`WCH encodes images, but was asked for the modality '${modality}'.`);
    requireImages(samples);
    const request = {
      batchSize: 2 * this.config.batchSize,
      views: [inferenceView(this.config, this.#preprocessing)],
    };
    return encodeSamples(samples, request, ({ views }) =>
      this.network.head.apply(this.network.tokens(imageTensor(views[0]!), INFERENCE)),
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

function requireImages(samples: Samples): void {
  if (samples.modalities.includes('image')) return;
  throw new Error(`WCH needs images, but the data have: ${samples.modalities.join(', ')}.`);
}
