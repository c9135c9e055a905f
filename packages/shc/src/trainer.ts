import {
  disposeParameters,
  encodeImages,
  INFERENCE,
  loadModel,
  requireImages,
  saveModel,
  sha256Hex,
  tf,
  type BinaryCodes,
  type Dataset,
  type ExtraState,
  type FitOptions,
  type FitReport,
  type Modality,
  type Samples,
  type Trainer,
  type TrainerContext,
} from '@hash/core';
import type { ShcConfig } from './config.js';
import type { HashCenters } from './hashCenters.js';
import { learnSimilarity } from './learnSimilarity.js';
import { lossTerms } from './lossTerms.js';
import { ShcNetwork } from './network.js';
import { placeCenters, placeStartCenters } from './placeCenters.js';
import { targetCenters } from './targetCenters.js';
import { trainStage } from './trainStage.js';
import { inferenceView, trainingView } from './views.js';

/** What `fit` reports where it was stopped before stage 3. */
const STOPPED: FitReport = { epochs: 0, interrupted: true, terms: {}, selectedEpoch: 0 };

/**
 * Trains SHC in its three stages: a classifier tells how alike the classes are, a search places a code for each class,
 * and a network learns to give images the codes of their classes. Both networks begin from the backbone's first values.
 */
export class ShcTrainer implements Trainer {
  readonly config: ShcConfig;
  readonly network: ShcNetwork;
  readonly #context: TrainerContext;

  constructor(config: ShcConfig, context: TrainerContext) {
    this.config = config;
    this.#context = context;
    this.network = new ShcNetwork(context.backbone, config.bits, context.rng.fork('layer'));
  }

  /** Evaluation and epochs of the report are those of stage 3. */
  async fit(data: Dataset, options?: FitOptions): Promise<FitReport> {
    requireImages(data.train, 'SHC');
    let centers: HashCenters;
    try {
      centers = await this.#findCenters(data, options);
    } catch (error) {
      if (options?.signal?.aborted && isAbort(error, options.signal)) return STOPPED;
      throw error;
    }
    return this.#trainTowards(centers, data.train, options);
  }

  /** Stages 1 and 2. */
  async #findCenters(data: Dataset, options?: FitOptions): Promise<HashCenters> {
    const { config } = this;
    const { backbone, rng, sharedRng = rng } = this.#context;
    const { classes } = data.train.labels;
    const start = await placeStartCenters(classes, { config, options }, rng.fork('centers'));
    const stage = { backbone, config, rng: sharedRng.fork('classifier'), options };
    const similarity = await learnSimilarity(data, stage);
    return placeCenters(start, similarity, { config, options });
  }

  /** Stage 3. */
  #trainTowards(centers: HashCenters, samples: Samples, options?: FitOptions): Promise<FitReport> {
    const { config, network } = this;
    const { bits, epochs, learningRate, learningRateFloor, labelRule } = config;
    const { backbone, rng } = this.#context;
    const targets = targetCenters(centers, samples.labels, labelRule, rng.fork('word'));
    return trainStage({
      stage: 'hashing',
      network,
      samples,
      view: trainingView(config, backbone.preprocessing),
      config,
      epochs,
      learningRate,
      learningRateFloor,
      rng: rng.fork('train'),
      lossTerms: (outputs, { indices }) => {
        const rows = [...indices].map((i) => [...targets.subarray(i * bits, (i + 1) * bits)]);
        return lossTerms(config, outputs, tf.tensor2d(rows, [indices.length, bits]));
      },
      extraState: sameCenters(centers),
      options,
    });
  }

  encode(samples: Samples, modality: Modality): Promise<BinaryCodes> {
    const view = inferenceView(this.config, this.#context.backbone.preprocessing);
    const batchSize = 2 * this.config.batchSize;
    return encodeImages(samples, { method: 'SHC', modality, batchSize, view }, (images) =>
      this.network.apply(images, INFERENCE),
    );
  }

  save(folder: string): Promise<void> {
    return saveModel(folder, this.network, { method: 'shc', config: this.config });
  }

  load(folder: string): Promise<void> {
    return loadModel(folder, this.network, { method: 'shc' });
  }

  dispose(): void {
    disposeParameters(this.network.parameters);
  }
}

/** Makes sure that a resumed stage 3 goes on towards the centres that it began with. */
function sameCenters({ data }: HashCenters): ExtraState {
  const centersSha256 = sha256Hex(String(data));
  return {
    save: () => ({ centersSha256 }),
    load(state) {
      const { centersSha256: found } = (state ?? {}) as { centersSha256?: unknown };
      if (found === centersSha256) return;
      throw new Error(
        `SHC: expected a checkpoint of training towards the centres ${centersSha256}, but got one towards ${String(found)}.`,
      );
    },
  };
}

function isAbort(error: unknown, { reason }: AbortSignal): boolean {
  return error === reason || (error instanceof Error && error.name === 'AbortError');
}
