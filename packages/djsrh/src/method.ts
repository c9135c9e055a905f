import { readRecipes, type Method } from '@hash/core';
import { djsrhConfigSchema, type DjsrhConfig } from './config.js';
import { published } from './published.js';
import { DjsrhTrainer } from './trainer.js';

export const djsrh: Method<DjsrhConfig> = {
  name: 'djsrh',
  paper: {
    title: 'Deep Joint-Semantics Reconstructing Hashing for Large-Scale Unsupervised Cross-Modal Retrieval',
    venue: 'ICCV',
    year: 2019,
    url: 'https://doi.org/10.1109/ICCV.2019.00312',
  },
  modalities: ['image', 'text'],
  config: djsrhConfigSchema,
  recipes: readRecipes(new URL('../recipes/', import.meta.url)),
  published,
  createTrainer: (config, context) => Promise.resolve(new DjsrhTrainer(config, context)),
};
