import { describe, expect, it } from '@jest/globals';
import { Rng } from '@hash/core';
import {
  checkRecipes,
  epochLosses,
  fakeBackbone,
  fakeDataset,
  meanAveragePrecision,
  trainerChecks,
} from '@hash/core/testing';
import { __camel__ConfigSchema, type __Pascal__Config } from './config.js';
import { __camel__ } from './method.js';
import { __Pascal__Trainer } from './trainer.js';

const data = fakeDataset({ rng: new Rng('data') });

function newTrainer(change: Partial<__Pascal__Config> = {}): __Pascal__Trainer {
  const settings = { bits: 16, epochs: 6, batchSize: 8, learningRate: 0.01, ...change };
  const rng = new Rng('trainer');
  return new __Pascal__Trainer(__camel__ConfigSchema.parse(settings), { backbone: fakeBackbone(rng), rng });
}

describe('__Pascal__Trainer', () => {
  it.each(trainerChecks)('%s', (_, check) => check({ newTrainer, data }));

  it('lowers its loss', async () => {
    const losses = await epochLosses(newTrainer(), data);
    expect(losses.at(-1)).toBeLessThan(0.8 * losses[0]!);
  });

  it('learns codes that find the class of an image', async () => {
    const trainer = newTrainer();
    await trainer.fit(data);
    expect(await meanAveragePrecision(trainer, data, 'image')).toBeGreaterThan(0.9);
  });
});

it('has recipes whose settings its schema knows', () => {
  checkRecipes(__camel__, ['quick']);
});
