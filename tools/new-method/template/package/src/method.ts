import { readRecipes, type Method } from '@hash/core';
import { __camel__ConfigSchema, type __Pascal__Config } from './config.js';
import { __Pascal__Trainer } from './trainer.js';

export const __camel__: Method<__Pascal__Config> = {
  name: '__name__',
  paper: { title: '__title__', venue: '__venue__', year: __year__, url: '__url__' },
  modalities: ['image'],
  config: __camel__ConfigSchema,
  recipes: readRecipes(new URL('../recipes/', import.meta.url)),
  createTrainer: (config, context) => Promise.resolve(new __Pascal__Trainer(config, context)),
};
