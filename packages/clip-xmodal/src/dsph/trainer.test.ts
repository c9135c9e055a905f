import { describe, expect, it } from '@jest/globals';
import { Rng } from '@hash/core';
import {
  checkRecipes,
  epochLosses,
  fakeDataset,
  meanAveragePrecision,
  parameterValues,
  trainerChecks,
} from '@hash/core/testing';
import { tinyClip } from '../common/tinyClip.testing.js';
import { dsphConfigSchema, type DsphConfig } from './config.js';
import { dsph } from './method.js';
import { DsphTrainer } from './trainer.js';

const settings = {
  ...{ bits: 8, epochs: 3, batchSize: 8, tokens: 10 },
  ...{ learningRate: 0.03, backboneLearningRate: 0.006 },
};
const data = fakeDataset({ rng: new Rng('data'), captions: true });
const fewPairs = fakeDataset({ rng: new Rng('data'), captions: true, train: 16 });

function newTrainer(change: Partial<DsphConfig> = {}): DsphTrainer {
  const rng = new Rng('trainer');
  return new DsphTrainer(dsphConfigSchema.parse({ ...settings, ...change }), {
    backbone: tinyClip(rng),
    rng,
  });
}

describe('DsphTrainer', () => {
  it('learns to retrieve across modalities', async () => {
    const trainer = newTrainer({ epochs: 30 });
    const losses = await epochLosses(trainer, data);
    expect(losses.at(-1)).toBeLessThan(0.8 * losses[0]!);
    expect(await meanAveragePrecision(trainer, data, 'image', 'text')).toBeGreaterThan(0.6); // chance: 0.25
    expect(await meanAveragePrecision(trainer, data, 'text', 'image')).toBeGreaterThan(0.6);
  }, 120_000);

  it.each(trainerChecks)('%s', (_, check) => check({ newTrainer, data: fewPairs }));

  it('has no proxies among the parameters that it saves', () => {
    expect(
      Object.keys(parameterValues(newTrainer().network)).filter((name) => name.includes('proxies')),
    ).toEqual([]);
  });
});

describe('dsph', () => {
  it("has recipes whose settings its schema knows, and the authors' settings as defaults", () => {
    checkRecipes(dsph, ['paper', 'paper-mirflickr', 'paper-nuswide', 'quick']);
    expect(dsph.config.parse({})).toMatchObject({
      ...{ epochs: 100, batchSize: 100, learningRate: 1e-3, backboneLearningRate: 1e-5, weightDecay: 0.2 },
      ...{ irrelevantWeight: 0.8, proxyLearningRate: 0.02, proxyMomentum: 0.9, proxyWeightDecay: 5e-4 },
    });
  });
});
