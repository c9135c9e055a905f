import type { TrainerContext } from '@hash/core';
import { CrossModalTrainer } from '../common/crossModalTrainer.js';
import type { DsphConfig } from './config.js';
import { DsphModel } from './model.js';

/** Trains DSPH on labelled pairs of image and text, and encodes either. */
export class DsphTrainer extends CrossModalTrainer<DsphConfig> {
  constructor(config: DsphConfig, context: TrainerContext) {
    super({ name: 'dsph', config, context, model: ({ width }, rng) => new DsphModel(config, width, rng) });
  }
}
