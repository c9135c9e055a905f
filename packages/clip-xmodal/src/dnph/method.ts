import { readRecipes, type Method } from '@hash/core';
import { dnphConfigSchema, type DnphConfig } from './config.js';
import { DnphTrainer } from './trainer.js';

export const dnph: Method<DnphConfig> = {
  name: 'dnph',
  paper: {
    title:
      'Deep Neighborhood-aware Proxy Hashing with Uniform Distribution Constraint for Cross-modal Retrieval',
    venue: 'ACM TOMM',
    year: 2024,
    url: 'https://doi.org/10.1145/3643639',
  },
  modalities: ['image', 'text'],
  config: dnphConfigSchema,
  recipes: readRecipes(new URL('../../recipes/dnph/', import.meta.url)),
  createTrainer: (config, context) => Promise.resolve(new DnphTrainer(config, context)),
};
