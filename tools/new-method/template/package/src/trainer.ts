import {
  adam,
  disposeParameters,
  encodeImages,
  epochBatches,
  imageTensor,
  INFERENCE,
  loadModel,
  plainView,
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
  type Samples,
  type Trainer,
  type TrainerContext,
} from '@hash/core';
import type { __Pascal__Config } from './config.js';
import { lossTerms } from './lossTerms.js';
import { __Pascal__Network } from './network.js';

/** Trains on the images and labels of a data set, and encodes images. */
export class __Pascal__Trainer implements Trainer {
  readonly config: __Pascal__Config;
  readonly network: __Pascal__Network;
  readonly #context: TrainerContext;

  constructor(config: __Pascal__Config, context: TrainerContext) {
    this.config = config;
    this.#context = context;
    this.network = new __Pascal__Network(context.backbone, config.bits, context.rng.fork('layer'));
  }

  async fit(data: Dataset, options?: FitOptions): Promise<FitReport> {
    requireImages(data.train, '__name__');
    const { config, network } = this;
    const { batchSize, epochs, learningRate } = config;
    const loading = { batchSize, views: [plainView(this.#context.backbone.preprocessing)] };
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
        lossTerms: ({ views, labels }, pass) =>
          lossTerms(network.apply(imageTensor(views[0]!), pass), labels, config),
        options,
      });
    } finally {
      optimizer.dispose();
    }
  }

  encode(samples: Samples, modality: Modality): Promise<BinaryCodes> {
    const view = plainView(this.#context.backbone.preprocessing);
    const batchSize = 2 * this.config.batchSize;
    return encodeImages(samples, { method: '__name__', modality, batchSize, view }, (images) =>
      this.network.apply(images, INFERENCE),
    );
  }

  save(folder: string): Promise<void> {
    return saveModel(folder, this.network, { method: '__name__', config: this.config });
  }

  load(folder: string): Promise<void> {
    return loadModel(folder, this.network, { method: '__name__' });
  }

  dispose(): void {
    disposeParameters(this.network.parameters);
  }
}
