import { readRecipes, type Method } from '@hash/core';
import { dcmhtConfigSchema, type DcmhtConfig } from './config.js';
import { published } from './published.js';
import { DcmhtTrainer } from './trainer.js';

export const dcmht: Method<DcmhtConfig> = {
  name: 'dcmht',
  paper: {
    title: 'Differentiable Cross-modal Hashing via Multimodal Transformers',
    venue: 'ACM MM',
    year: 2022,
    url: 'https://doi.org/10.1145/3503161.3548187',
  },
  modalities: ['image', 'text'],
  config: dcmhtConfigSchema,
  recipes: readRecipes(new URL('../../recipes/dcmht/', import.meta.url)),
  published,
  createTrainer: (config, context) => Promise.resolve(new DcmhtTrainer(config, context)),
};
