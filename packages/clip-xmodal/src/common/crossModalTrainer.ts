import {
  bertAdam,
  disposeParameters,
  encodeImages,
  encodeSamples,
  epochBatches,
  imageTensor,
  INFERENCE,
  joinOptimizers,
  loadModel,
  multiHot,
  plainView,
  saveModel,
  schedules,
  stepsPerEpoch,
  tf,
  tokenizeTexts,
  train,
  trainableParameters,
  trimPadding,
  type Batch,
  type BinaryCodes,
  type Dataset,
  type FitOptions,
  type FitReport,
  type ForwardPass,
  type Modality,
  type Module,
  type Optimizer,
  type Rng,
  type Samples,
  type TokenBatch,
  type Trainer,
  type TrainerContext,
  type TwoTowerBackbone,
} from '@hash/core';
import type { CommonConfig } from './commonConfig.js';
import type { Companions, HashModel, Pairs } from './hashModel.js';
import { requirePairs, requireSentences, requireTwoTowers } from './twoTowers.js';
import { trainingView } from './views.js';

export interface CrossModalTrainerOptions<Config extends CommonConfig, Model extends HashModel> {
  /** As typed on the command line: `dcmht`. */
  readonly name: string;
  readonly config: Config;
  readonly context: TrainerContext;
  /** Makes what stands on the towers. */
  readonly model: (backbone: TwoTowerBackbone, rng: Rng) => Model;
}

/** Trains two towers and a method's hash heads on labelled pairs of image and text, and encodes either. */
export class CrossModalTrainer<
  Config extends CommonConfig,
  Model extends HashModel = HashModel,
> implements Trainer {
  readonly config: Config;
  /** Both towers, the heads, and what is not learned with them. */
  readonly network: Module;
  readonly model: Model;
  readonly #name: string;
  readonly #backbone: TwoTowerBackbone;
  readonly #rng: Rng;

  constructor({ name, config, context, model }: CrossModalTrainerOptions<Config, Model>) {
    this.config = config;
    this.#name = name;
    this.#backbone = requireTwoTowers(context.backbone, this.#title, config.tokens);
    this.#rng = context.rng;
    this.model = model(this.#backbone, context.rng.fork('heads'));
    const { parameters: heads, fixed = {} } = this.model;
    this.network = { parameters: { backbone: this.#backbone.parameters, heads, fixed } };
  }

  async fit(data: Dataset, options?: FitOptions): Promise<FitReport> {
    requirePairs(data.train, this.#title);
    const { batchSize, epochs, warmup } = this.config;
    const views = [trainingView(this.config, this.#backbone.preprocessing)];
    // A batch of one has no variance, which batch normalisation needs.
    const loading = { batchSize, views, dropLast: data.train.length % batchSize === 1 };
    const rng = this.#rng.fork('objective');
    const objective = this.model.objective({ labels: data.train.labels, rng });
    const { companions } = objective;
    const optimizer = this.#optimizer(companions);
    try {
      return await train({
        parameters: {
          backbone: this.#backbone.parameters,
          heads: this.model.parameters,
          companions: companions?.parameters ?? {},
        },
        optimizer,
        schedule: schedules.warmupCosine({ warmup }),
        rng: this.#rng.fork('train'),
        epochs,
        stepsPerEpoch: stepsPerEpoch(data.train, loading),
        batches: (epoch) => epochBatches(data.train, epoch, loading),
        batchSize: ({ indices }) => indices.length,
        lossTerms: (batch, pass) => objective.lossTerms(this.#pairs(batch, pass), pass),
        options,
      });
    } finally {
      optimizer.dispose();
      if (companions) disposeParameters(companions.parameters);
    }
  }

  get otherLengths(): readonly number[] {
    return this.model.otherLengths ?? [];
  }

  /** Where an item has several captions, its first one is encoded. */
  async encode(samples: Samples, modality: Modality, bits = this.config.bits): Promise<BinaryCodes> {
    const lengths = [this.config.bits, ...this.otherLengths];
    if (!lengths.includes(bits))
      throw new RangeError(
        `${this.#title} has codes of ${lengths.join(', ')} bits, but was asked for ${bits}.`,
      );
    return modality === 'image' ? this.#encodeImages(samples, bits) : this.#encodeTexts(samples, bits);
  }

  save(folder: string): Promise<void> {
    return saveModel(folder, this.network, { method: this.#name, config: this.config });
  }

  load(folder: string): Promise<void> {
    return loadModel(folder, this.network, { method: this.#name });
  }

  dispose(): void {
    disposeParameters(this.network.parameters);
  }

  get #title(): string {
    return this.#name.toUpperCase();
  }

  #optimizer(companions: Companions | undefined): Optimizer {
    const { learningRate, backboneLearningRate, weightDecay, maxGradientNorm } = this.config;
    const { parameters: heads } = this.model;
    const { parameters: backbone } = this.#backbone;
    const network = bertAdam(
      [
        { parameters: trainableParameters({ heads }), learningRate, weightDecay },
        { parameters: trainableParameters({ backbone }), learningRate: backboneLearningRate, weightDecay },
      ],
      { maxGradientNorm },
    );
    if (!companions?.optimizer) return network;
    const beside = trainableParameters({ companions: companions.parameters });
    return joinOptimizers([network, companions.optimizer(beside)]);
  }

  #pairs(batch: Batch, pass: ForwardPass): Pairs {
    const tokens = this.#tokens(batch);
    const { count, classes } = batch.labels;
    return {
      indices: batch.indices,
      image: this.#backbone.features(imageTensor(batch.views[0]!), pass),
      text: this.#backbone.text.features(tokens, pass),
      tokens,
      labels: tf.tensor2d(multiHot(batch.labels), [count, classes]),
    };
  }

  #encodeImages(samples: Samples, bits: number): Promise<BinaryCodes> {
    const view = plainView(this.#backbone.preprocessing);
    const request = { method: this.#title, modality: 'image', batchSize: this.#encodingBatch, view } as const;
    return encodeImages(samples, request, (images) =>
      this.model.imageCodes(this.#backbone.features(images, INFERENCE), bits),
    );
  }

  async #encodeTexts(samples: Samples, bits: number): Promise<BinaryCodes> {
    requireSentences(samples, this.#title);
    return encodeSamples(samples, { batchSize: this.#encodingBatch, views: [] }, (batch) => {
      const tokens = this.#tokens(batch);
      return this.model.textCodes(this.#backbone.text.features(tokens, INFERENCE), tokens, bits);
    });
  }

  get #encodingBatch(): number {
    return 2 * this.config.batchSize;
  }

  #tokens({ texts }: Batch): TokenBatch {
    const tokens = tokenizeTexts(texts!, this.#backbone.text.tokenizer, this.config.tokens);
    return this.model.fillsTexts ? tokens : trimPadding(tokens);
  }
}
