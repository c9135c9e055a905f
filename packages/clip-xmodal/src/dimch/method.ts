import { readRecipes, type Method } from '@hash/core';
import { dimchConfigSchema, type DimchConfig } from './config.js';
import { DimchTrainer } from './trainer.js';

export const dimch: Method<DimchConfig> = {
  name: 'dimch',
  paper: {
    title: 'Cross-modal Hashing via Diverse Instances Matching',
    venue: 'IEEE TIP',
    year: 2025,
    url: 'https://ieeexplore.ieee.org/document/10974482',
  },
  modalities: ['image', 'text'],
  config: dimchConfigSchema,
  recipes: readRecipes(new URL('../../recipes/dimch/', import.meta.url)),
  createTrainer: (config, context) => Promise.resolve(new DimchTrainer(config, context)),
};
