import {
  detached,
  disposeParameters,
  encodeImages,
  encodeSamples,
  epochBatches,
  flattenParameters,
  imageTensor,
  INFERENCE,
  loadModel,
  requireImages,
  saveModel,
  schedules,
  sgd,
  stepsPerEpoch,
  tf,
  train,
  trainableParameters,
  type Batch,
  type BinaryCodes,
  type Dataset,
  type EpochRequest,
  type FitOptions,
  type FitReport,
  type ForwardPass,
  type Modality,
  type NamedParameters,
  type Optimizer,
  type ParameterTree,
  type Samples,
  type Trainer,
  type TrainerContext,
} from '@hash/core';
import type { DjsrhConfig } from './config.js';
import { initialFeatures, type InitialFeatures } from './initialFeatures.js';
import { jointAffinity } from './jointAffinity.js';
import { lossTerms } from './lossTerms.js';
import { DjsrhNetwork } from './network.js';
import { sharpness } from './sharpness.js';
import { textReader, type TextReader } from './textReader.js';
import { inferenceView, trainingView } from './views.js';

/** A batch of pairs, and the epoch that it is of: codes are sharper in later ones. */
interface Pairs {
  readonly batch: Batch;
  readonly epoch: number;
}

/** Trains DJSRH on pairs of image and text, without their labels, and encodes either. */
export class DjsrhTrainer implements Trainer {
  readonly config: DjsrhConfig;
  readonly network: DjsrhNetwork;
  readonly #context: TrainerContext;
  readonly #texts: TextReader;
  /** What images are alike by: the pretrained network, not the one that learns. */
  readonly #initial: InitialFeatures;

  constructor(config: DjsrhConfig, context: TrainerContext) {
    const { backbone, rng } = context;
    this.config = config;
    this.#context = context;
    this.#texts = textReader(config, backbone);
    this.network = new DjsrhNetwork(backbone, this.#texts, config, rng.fork('heads'));
    this.#initial = initialFeatures(backbone);
  }

  async fit(data: Dataset, options?: FitOptions): Promise<FitReport> {
    const { config, network } = this;
    const { batchSize, epochs } = config;
    requireImages(data.train, 'DJSRH');
    this.#texts.check(data.train);
    await this.#texts.measure?.(data.train, options?.signal);
    await network.standardize(this.#features(data.train, options?.signal));
    const views = [trainingView(config, this.#context.backbone.preprocessing)];
    const loading = { batchSize, views, dropLast: data.train.length >= batchSize };
    const optimizer = this.#optimizer();
    try {
      return await train<Pairs>({
        parameters: network.parameters,
        optimizer,
        schedule: schedules.constant(),
        rng: this.#context.rng.fork('train'),
        epochs,
        stepsPerEpoch: stepsPerEpoch(data.train, loading),
        batches: (request) => withEpoch(request, epochBatches(data.train, request, loading)),
        batchSize: ({ batch }) => batch.indices.length,
        lossTerms: (pairs, pass) => this.#lossTerms(pairs, pass),
        options,
      });
    } finally {
      optimizer.dispose();
    }
  }

  async encode(samples: Samples, modality: Modality): Promise<BinaryCodes> {
    const { config, network } = this;
    const batchSize = 4 * config.batchSize;
    if (modality === 'image') {
      const view = inferenceView(config, this.#context.backbone.preprocessing);
      return encodeImages(samples, { method: 'DJSRH', modality, batchSize, view }, (images) =>
        network.hashImages(network.features(images, INFERENCE)),
      );
    }
    this.#texts.check(samples);
    return encodeSamples(samples, { batchSize, views: [] }, (batch) =>
      network.hashTexts(this.#texts.read(batch)),
    );
  }

  save(folder: string): Promise<void> {
    return saveModel(folder, this.network, { method: 'djsrh', config: this.config });
  }

  load(folder: string): Promise<void> {
    return loadModel(folder, this.network, { method: 'djsrh' });
  }

  dispose(): void {
    disposeParameters(this.network.parameters);
    this.#initial.dispose();
  }

  #lossTerms({ batch, epoch }: Pairs, pass: ForwardPass): Record<string, tf.Scalar> {
    const { config, network } = this;
    const images = imageTensor(batch.views[0]!);
    const texts = this.#texts.read(batch); // [m, textWidth]
    const affinity = detached(() => jointAffinity(this.#initial.features(images), texts, config)); // [m, m]
    const steepness = config.sharpen ? sharpness(epoch) : 1;
    const relaxed = (hashes: tf.Tensor2D) => tf.tanh(tf.mul<tf.Tensor2D>(hashes, steepness)); // [m, bits]
    const imageCodes = relaxed(network.hashImages(network.features(images, pass)));
    return lossTerms(imageCodes, relaxed(network.hashTexts(texts)), affinity, config);
  }

  #optimizer(): Optimizer {
    const { learningRate, textLearningRate, weightDecay, momentum } = this.config;
    const { image, text } = this.network.parameters as { image: ParameterTree; text: ParameterTree };
    return sgd(
      [
        {
          parameters: new Map([...this.#trainedBackbone(), ...trainableParameters({ image })]),
          learningRate,
          weightDecay,
        },
        { parameters: trainableParameters({ text }), learningRate: textLearningRate, weightDecay },
      ],
      { momentum },
    );
  }

  /** @throws Error  where `untrained` begins the name of no parameter */
  #trainedBackbone(): NamedParameters {
    const { name, parameters } = this.#context.backbone;
    const all = trainableParameters({ backbone: parameters });
    const { untrained } = this.config;
    if (untrained === '') return all;
    const trained = [...all].filter(([name]) => !name.startsWith(`backbone/${untrained}`));
    if (trained.length < all.size) return new Map(trained);
    throw new Error(
      `DJSRH: expected parameters of the backbone ${name} whose names begin with '${untrained}' (untrained), ` +
        `but got ${[...flattenParameters(parameters).keys()].join(', ') || 'none at all'}.`,
    );
  }

  async *#features(samples: Samples, signal: AbortSignal | undefined): AsyncGenerator<tf.Tensor2D> {
    const views = [inferenceView(this.config, this.#context.backbone.preprocessing)];
    for await (const batch of samples.batches({ batchSize: 4 * this.config.batchSize, views, signal })) {
      yield tf.tidy(() => this.network.features(imageTensor(batch.views[0]!), INFERENCE));
    }
  }
}

async function* withEpoch({ epoch }: EpochRequest, batches: AsyncIterable<Batch>): AsyncGenerator<Pairs> {
  for await (const batch of batches) yield { batch, epoch };
}
