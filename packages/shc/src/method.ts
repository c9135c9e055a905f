import { readRecipes, type Method } from '@hash/core';
import { shcConfigSchema, type ShcConfig } from './config.js';
import { published } from './published.js';
import { ShcTrainer } from './trainer.js';

export const shc: Method<ShcConfig> = {
  name: 'shc',
  paper: {
    title: 'Deep Hashing with Semantic Hash Centers for Image Retrieval',
    venue: 'ACM TOIS',
    year: 2025,
    url: 'https://arxiv.org/abs/2507.08404',
  },
  modalities: ['image'],
  config: shcConfigSchema,
  recipes: readRecipes(new URL('../recipes/', import.meta.url)),
  published,
  createTrainer: (config, context) => Promise.resolve(new ShcTrainer(config, context)),
};
