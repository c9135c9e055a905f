import type { TrainerContext } from '@hash/core';
import { CrossModalTrainer } from '../common/crossModalTrainer.js';
import type { DimchConfig } from './config.js';
import { DimchModel } from './model.js';

/** Trains DIMCH on labelled pairs of image and text, and encodes either. */
export class DimchTrainer extends CrossModalTrainer<DimchConfig> {
  constructor(config: DimchConfig, context: TrainerContext) {
    super({
      name: 'dimch',
      config,
      context,
      model: (backbone, rng) => new DimchModel(config, backbone, rng),
    });
  }
}
