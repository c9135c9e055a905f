import type { TrainerContext } from '@hash/core';
import { CrossModalTrainer } from '../common/crossModalTrainer.js';
import type { MithConfig } from './config.js';
import { MithModel } from './model.js';

/** Trains MITH on labelled pairs of image and text, and encodes either. */
export class MithTrainer extends CrossModalTrainer<MithConfig> {
  constructor(config: MithConfig, context: TrainerContext) {
    super({ name: 'mith', config, context, model: ({ width }, rng) => new MithModel(config, width, rng) });
  }
}
