import { readRecipes, type Method } from '@hash/core';
import { wchConfigSchema, type WchConfig } from './config.js';
import { published } from './published.js';
import { WchTrainer } from './trainer.js';

export const wch: Method<WchConfig> = {
  name: 'wch',
  paper: {
    title: 'Weighted Contrastive Hashing',
    venue: 'ACCV',
    year: 2022,
    url: 'https://arxiv.org/abs/2209.14099',
  },
  modalities: ['image'],
  config: wchConfigSchema,
  recipes: readRecipes(new URL('../recipes/', import.meta.url)),
  published,
  createTrainer: (config, context) => Promise.resolve(new WchTrainer(config, context)),
};
