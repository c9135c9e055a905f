import type { TrainerContext } from '@hash/core';
import { CrossModalTrainer } from '../common/crossModalTrainer.js';
import type { DnphConfig } from './config.js';
import { DnphModel } from './model.js';

/** Trains DNPH on labelled pairs of image and text, and encodes either. */
export class DnphTrainer extends CrossModalTrainer<DnphConfig> {
  constructor(config: DnphConfig, context: TrainerContext) {
    super({ name: 'dnph', config, context, model: ({ width }, rng) => new DnphModel(config, width, rng) });
  }
}
