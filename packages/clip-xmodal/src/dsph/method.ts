import { readRecipes, type Method } from '@hash/core';
import { dsphConfigSchema, type DsphConfig } from './config.js';
import { DsphTrainer } from './trainer.js';

export const dsph: Method<DsphConfig> = {
  name: 'dsph',
  paper: {
    title: 'Deep Semantic-aware Proxy Hashing for Multi-label Cross-modal Retrieval',
    venue: 'IEEE TCSVT',
    year: 2024,
    url: 'https://doi.org/10.1109/TCSVT.2023.3285266',
  },
  modalities: ['image', 'text'],
  config: dsphConfigSchema,
  recipes: readRecipes(new URL('../../recipes/dsph/', import.meta.url)),
  createTrainer: (config, context) => Promise.resolve(new DsphTrainer(config, context)),
};
