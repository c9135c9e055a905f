import { describe, expect, it } from '@jest/globals';
import { Rng, type tf } from '@hash/core';
import {
  checkRecipes,
  epochLosses,
  fakeDataset,
  meanAveragePrecision,
  trainerChecks,
} from '@hash/core/testing';
import { tinyClip } from '../common/tinyClip.testing.js';
import { dimchConfigSchema, type DimchConfig } from './config.js';
import { dimch } from './method.js';
import { DimchTrainer } from './trainer.js';

const settings = {
  ...{ bits: 8, epochs: 3, batchSize: 6, tokens: 10 },
  ...{ setSize: 3, hiddenWidth: 16, learningRate: 0.01, backboneLearningRate: 0.006 },
};
const data = fakeDataset({ rng: new Rng('data'), captions: true, train: 12, database: 16 });

function newTrainer(change: Partial<DimchConfig> = {}): DimchTrainer {
  const rng = new Rng('trainer');
  const config = dimchConfigSchema.parse({ ...settings, ...change });
  return new DimchTrainer(config, { backbone: tinyClip(rng), rng });
}

describe('DimchTrainer', () => {
  it('learns to retrieve across modalities', async () => {
    const trainer = newTrainer({ epochs: 25, dropout: 0 });
    const losses = await epochLosses(trainer, data);
    expect(losses.at(-1)).toBeLessThan(0.7 * losses[0]!);
    expect(await meanAveragePrecision(trainer, data, 'image', 'text')).toBeGreaterThan(0.45); // chance: 0.25
    expect(await meanAveragePrecision(trainer, data, 'text', 'image')).toBeGreaterThan(0.45);
  }, 240_000);

  it.each(trainerChecks)('%s', (_, check) => check({ newTrainer, data }), 240_000);

  it('refuses a backbone that sees whole images alone, before training', () => {
    const rng = new Rng(1);
    const clip = tinyClip(rng);
    const backbone = {
      ...{ name: 'flat', preprocessing: clip.preprocessing, width: clip.width },
      ...{ text: clip.text, parameters: clip.parameters },
      features: (images: tf.Tensor4D) => ({ pooled: clip.features(images).pooled }),
    };
    expect(() => new DimchTrainer(dimchConfigSchema.parse(settings), { backbone, rng })).toThrow(
      'DIMCH looks at the places of an image, but the backbone has features of whole images alone.',
    );
  });
});

describe('dimch', () => {
  it("has recipes whose settings its schema knows, and the authors' settings as defaults", () => {
    checkRecipes(dimch, ['paper', 'paper-mirflickr', 'paper-nuswide', 'quick']);
    expect(dimch.config.parse({})).toEqual({
      ...{ bits: 16, epochs: 100, batchSize: 20, learningRate: 1e-3, backboneLearningRate: 1e-5 },
      ...{ weightDecay: 0.2, warmup: 0.1, maxGradientNorm: 1, tokens: 32, training: 'crop' },
      ...{ setSize: 8, hiddenWidth: 256, dropout: 0.3, temperature: 16 },
      ...{ setWeight: 50, setMargin: 0.3, codeWeight: 50, codeMargin: 0.3, discrepancyWeight: 1 },
      ...{ diversityWeight: 0.3, diversity: 'batch', quantisationWeight: 1 },
    });
  });
});
