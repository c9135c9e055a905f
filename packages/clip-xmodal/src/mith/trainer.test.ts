import { describe, expect, it } from '@jest/globals';
import { disposeParameters, flattenParameters, Rng, tf } from '@hash/core';
import {
  checkRecipes,
  epochLosses,
  fakeDataset,
  meanAveragePrecision,
  trainerChecks,
} from '@hash/core/testing';
import { tinyClip } from '../common/tinyClip.testing.js';
import { mithConfigSchema, type MithConfig } from './config.js';
import { mith } from './method.js';
import { MithModel } from './model.js';
import { MithTrainer } from './trainer.js';

const settings = {
  ...{ bits: 8, epochs: 3, batchSize: 6, tokens: 10 },
  ...{ conceptsPerToken: 4, conceptBlocks: 1, attentionHeads: 2 },
  ...{ learningRate: 0.003, backboneLearningRate: 0.006 },
};
const data = fakeDataset({ rng: new Rng('data'), captions: true, train: 12, database: 16 });

function newTrainer(change: Partial<MithConfig> = {}): MithTrainer {
  const rng = new Rng('trainer');
  const config = mithConfigSchema.parse({ ...settings, ...change });
  return new MithTrainer(config, { backbone: tinyClip(rng), rng });
}

describe('MithTrainer', () => {
  it('learns to retrieve across modalities', async () => {
    const trainer = newTrainer({ epochs: 30 });
    const losses = await epochLosses(trainer, data);
    expect(losses.at(-1)).toBeLessThan(0.7 * losses[0]!);
    expect(await meanAveragePrecision(trainer, data, 'image', 'text')).toBeGreaterThan(0.45); // chance: 0.25
    expect(await meanAveragePrecision(trainer, data, 'text', 'image')).toBeGreaterThan(0.45);
  }, 240_000);

  it.each(trainerChecks)('%s', (_, check) => check({ newTrainer, data }), 240_000);

  it('refuses a backbone that sees whole images alone', () => {
    const model = new MithModel(mithConfigSchema.parse(settings), 8, new Rng(1));
    expect(() => model.imageCodes({ pooled: tf.zeros([1, 8]) })).toThrow(
      'MITH looks at the places of an image, but the backbone has features of whole images alone.',
    );
  });
});

describe("defects of the authors' code", () => {
  it('the last codes of the pairs are in no checkpoint: they are among what a checkpoint holds, but not trained', () => {
    const model = new MithModel(mithConfigSchema.parse(settings), 8, new Rng(1));
    const { companions } = model.objective({ labels: data.train.labels, rng: new Rng(2) });
    const variables = [...flattenParameters(companions!.parameters)];
    expect(variables.map(([name, { shape, trainable }]) => [name, shape, trainable])).toEqual(
      ['imageGlobal', 'textGlobal', 'imageLocal', 'textLocal'].map((name) => [name, [12, 8], false]),
    );
    expect(companions).not.toHaveProperty('optimizer');
    disposeParameters(companions!.parameters);
  });

  it('the rate of the towers in the settings is not read: it is what the towers get', () => {
    expect(mithConfigSchema.parse({}).backboneLearningRate).toBe(2e-6);
  });
});

describe('mith', () => {
  it("has recipes whose settings its schema knows, and the authors' settings as defaults", () => {
    checkRecipes(mith, ['paper', 'paper-mirflickr', 'paper-nuswide', 'quick']);
    expect(mith.config.parse({})).toEqual({
      ...{ bits: 16, epochs: 30, batchSize: 128, learningRate: 1e-3, backboneLearningRate: 2e-6 },
      ...{ weightDecay: 0.01, warmup: 0.05, maxGradientNorm: 1, tokens: 32, training: 'crop' },
      ...{ conceptsPerToken: 8, conceptBlocks: 2, attentionHeads: 8 },
      ...{ intraWeight: 1, interWeight: 10, quantisationWeight: 8, contrastWeight: 50 },
      ...{ conceptContrastWeight: 0.01, distillationWeight: 1, temperature: 0.07, globalShare: 0.99 },
    });
  });
});
