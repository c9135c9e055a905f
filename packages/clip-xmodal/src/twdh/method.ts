import { readRecipes, type Method } from '@hash/core';
import { twdhConfigSchema, type TwdhConfig } from './config.js';
import { published } from './published.js';
import { TwdhTrainer } from './trainer.js';

export const twdh: Method<TwdhConfig> = {
  name: 'twdh',
  paper: {
    title: 'Two-Step Discrete Hashing for Cross-Modal Retrieval',
    venue: 'IEEE TMM',
    year: 2024,
    url: 'https://ieeexplore.ieee.org/document/10487033',
  },
  modalities: ['image', 'text'],
  config: twdhConfigSchema,
  recipes: readRecipes(new URL('../../recipes/twdh/', import.meta.url)),
  published,
  createTrainer: (config, context) => Promise.resolve(new TwdhTrainer(config, context)),
};
