import { readRecipes, type Method } from '@hash/core';
import { nshConfigSchema, type NshConfig } from './config.js';
import { published } from './published.js';
import { NshTrainer } from './trainer.js';

export const nsh: Method<NshConfig> = {
  name: 'nsh',
  paper: {
    title: 'Learning to Hash Naturally Sorts',
    venue: 'IJCAI',
    year: 2022,
    url: 'https://arxiv.org/abs/2201.13322',
  },
  modalities: ['image'],
  config: nshConfigSchema,
  recipes: readRecipes(new URL('../recipes/', import.meta.url)),
  published,
  createTrainer: (config, context) => Promise.resolve(new NshTrainer(config, context)),
};
