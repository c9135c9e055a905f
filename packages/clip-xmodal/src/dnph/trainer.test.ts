import { describe, expect, it } from '@jest/globals';
import { disposeParameters, flattenParameters, Rng, tf } from '@hash/core';
import {
  checkRecipes,
  epochLosses,
  fakeDataset,
  meanAveragePrecision,
  parameterValues,
  trainerChecks,
} from '@hash/core/testing';
import { tinyClip } from '../common/tinyClip.testing.js';
import { dnphConfigSchema, type DnphConfig } from './config.js';
import { dnph } from './method.js';
import { DnphModel } from './model.js';
import { DnphTrainer } from './trainer.js';

const settings = {
  ...{ bits: 8, epochs: 3, batchSize: 6, tokens: 10 },
  ...{ learningRate: 0.03, backboneLearningRate: 0.006 },
};
const data = fakeDataset({ rng: new Rng('data'), captions: true, train: 12, database: 16 });

function newTrainer(change: Partial<DnphConfig> = {}): DnphTrainer {
  const rng = new Rng('trainer');
  const config = dnphConfigSchema.parse({ ...settings, ...change });
  return new DnphTrainer(config, { backbone: tinyClip(rng), rng });
}

describe('DnphTrainer', () => {
  it('learns to retrieve across modalities', async () => {
    const trainer = newTrainer({ epochs: 25, dropout: 0 });
    const losses = await epochLosses(trainer, data);
    expect(losses.at(-1)).toBeLessThan(0.7 * losses[0]!);
    expect(await meanAveragePrecision(trainer, data, 'image', 'text')).toBeGreaterThan(0.6); // chance: 0.25
    expect(await meanAveragePrecision(trainer, data, 'text', 'image')).toBeGreaterThan(0.6);
  }, 240_000);

  it.each(trainerChecks)('%s', (_, check) => check({ newTrainer, data }), 240_000);

  it('saves neither proxies nor classifiers', () => {
    const names = Object.keys(parameterValues(newTrainer().network));
    expect(names.filter((name) => name.startsWith('heads'))).toEqual([
      ...['heads/image/kernel', 'heads/image/bias', 'heads/text/kernel', 'heads/text/bias'],
    ]);
  });
});

describe("defects of the authors' code", () => {
  const model = (change: Partial<DnphConfig> = {}) =>
    new DnphModel(dnphConfigSchema.parse({ ...settings, ...change }), 6, new Rng(1));

  it('80 classes, however many there are: classifiers have as many outputs as the data have classes', () => {
    const { companions } = model().objective({ labels: data.train.labels, rng: new Rng(2) });
    const shapes = [...flattenParameters(companions!.parameters)].map(([name, { shape }]) => [name, shape]);
    expect(Object.fromEntries(shapes)).toEqual({
      proxies: [4, 8],
      ...{ 'image/kernel': [6, 4], 'image/bias': [4] },
      ...{ 'text/kernel': [6, 4], 'text/bias': [4] },
    });
    disposeParameters(companions!.parameters);
  });

  it.each([
    [true, 'the optimiser of the proxies is never stepped: they move'],
    [false, 'the optimiser of the proxies is never stepped: they stay where that is wanted'],
  ])('trainProxies %s: %s', (trainProxies) => {
    const { companions } = model({ trainProxies }).objective({ labels: data.train.labels, rng: new Rng(2) });
    const all = flattenParameters(companions!.parameters);
    const trainable = new Map([...all].filter(([, variable]) => variable.trainable));
    const before = all.get('proxies')!.dataSync();
    const optimizer = companions!.optimizer!(trainable);
    const gradients = new Map([...trainable].map(([name, variable]) => [name, tf.onesLike(variable)]));
    optimizer.step(gradients, optimizer.groups.map(({ learningRate }) => learningRate)); // prettier-ignore
    const after = all.get('proxies')!.dataSync();
    const moved = trainProxies ? -1e-4 : 0;
    after.forEach((value, i) => expect(value).toBeCloseTo(before[i]! + moved, 6));
    optimizer.dispose();
    disposeParameters(companions!.parameters);
  });

  it('a weight of the noise that is 1 in the code and 0.1 in its settings: it is 0.1', () => {
    expect(dnphConfigSchema.parse({}).uniformityWeight).toBe(0.1);
  });
});

describe('dnph', () => {
  it("has recipes whose settings its schema knows, and the authors' settings as defaults", () => {
    checkRecipes(dnph, ['paper', 'paper-mirflickr', 'paper-nuswide', 'quick']);
    expect(dnph.config.parse({})).toEqual({
      ...{ bits: 16, epochs: 100, batchSize: 100, learningRate: 1e-3, backboneLearningRate: 1e-5 },
      ...{ weightDecay: 0.2, warmup: 0.1, maxGradientNorm: 1, tokens: 32, training: 'crop' },
      ...{ dropout: 0.2, margin: 1, uniformityWeight: 0.1, trainProxies: true, proxyLearningRate: 1e-4 },
    });
  });
});
