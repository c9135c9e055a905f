import { copyFile, mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { sha256Hex, type Dataset, type FitOptions, type FitReport, type TrainerContext } from '@hash/core';
import { CrossModalTrainer } from '../common/crossModalTrainer.js';
import type { TwdhConfig } from './config.js';
import { TwdhModel } from './model.js';

/** What `fit` reports where it was stopped before the network was trained. */
const STOPPED: FitReport = { epochs: 0, interrupted: true, terms: {}, selectedEpoch: 0 };

/** What `train` records of its steps. */
const METRICS = 'metrics.jsonl';

/**
 * Trains TwDH on labelled pairs of image and text, and encodes either to long codes or to short ones. Where the short
 * codes are not in the loss, the lengths of a run have one network: the first one that is trained leaves it in the shared
 * folder.
 */
export class TwdhTrainer extends CrossModalTrainer<TwdhConfig, TwdhModel> {
  constructor(config: TwdhConfig, { backbone, rng, sharedRng = rng }: TrainerContext) {
    super({
      name: 'twdh',
      config,
      context: { backbone, rng: config.shortWeight === 0 ? sharedRng : rng },
      model: ({ width }, rng) => new TwdhModel(config, width, rng),
    });
  }

  override async fit(data: Dataset, options: FitOptions = {}): Promise<FitReport> {
    try {
      await this.model.prepare(data.train.labels, options);
    } catch (error) {
      if (options.signal?.aborted && error === options.signal.reason) return STOPPED;
      throw error;
    }
    const shared = this.#sharedFolder(data, options);
    if (shared === undefined) return super.fit(data, options);
    const report = await super.fit(data, { ...options, folder: shared, resume: true });
    if (options.folder !== undefined) {
      await mkdir(options.folder, { recursive: true });
      await copyFile(join(shared, METRICS), join(options.folder, METRICS));
    }
    return report;
  }

  /** None where what is measured while training, which is not the same for all lengths, decides or is recorded. */
  #sharedFolder({ train, split }: Dataset, options: FitOptions): string | undefined {
    const { sharedFolder, evaluation } = options;
    if (sharedFolder === undefined || evaluation !== undefined || this.config.shortWeight > 0)
      return undefined;
    const inputs = { ...this.config, bits: undefined, split: split.sha256, items: train.length };
    return join(sharedFolder, `long-${sha256Hex(JSON.stringify(inputs)).slice(0, 8)}`);
  }
}
