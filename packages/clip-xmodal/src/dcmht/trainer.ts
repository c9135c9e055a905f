import type { TrainerContext } from '@hash/core';
import { CrossModalTrainer } from '../common/crossModalTrainer.js';
import type { DcmhtConfig } from './config.js';
import { DcmhtModel } from './model.js';

/** Trains DCMHT on labelled pairs of image and text, and encodes either. */
export class DcmhtTrainer extends CrossModalTrainer<DcmhtConfig> {
  constructor(config: DcmhtConfig, context: TrainerContext) {
    super({ name: 'dcmht', config, context, model: ({ width }, rng) => new DcmhtModel(config, width, rng) });
  }
}
