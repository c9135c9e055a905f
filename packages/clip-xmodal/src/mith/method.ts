import { readRecipes, type Method } from '@hash/core';
import { mithConfigSchema, type MithConfig } from './config.js';
import { published } from './published.js';
import { MithTrainer } from './trainer.js';

export const mith: Method<MithConfig> = {
  name: 'mith',
  paper: {
    title: 'Multi-Granularity Interactive Transformer Hashing for Cross-modal Retrieval',
    venue: 'ACM MM',
    year: 2023,
    url: 'https://doi.org/10.1145/3581783.3612411',
  },
  modalities: ['image', 'text'],
  config: mithConfigSchema,
  recipes: readRecipes(new URL('../../recipes/mith/', import.meta.url)),
  published,
  createTrainer: (config, context) => Promise.resolve(new MithTrainer(config, context)),
};
