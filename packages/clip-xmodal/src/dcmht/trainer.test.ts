import { describe, expect, it } from '@jest/globals';
import { Rng } from '@hash/core';
import {
  checkRecipes,
  epochLosses,
  fakeBackbone,
  fakeDataset,
  meanAveragePrecision,
  parameterValues,
  trainerChecks,
} from '@hash/core/testing';
import { tinyClip } from '../common/tinyClip.testing.js';
import { dcmhtConfigSchema, type DcmhtConfig } from './config.js';
import { dcmht } from './method.js';
import { DcmhtTrainer } from './trainer.js';

const settings = {
  bits: 8,
  epochs: 3,
  batchSize: 8,
  learningRate: 0.03,
  backboneLearningRate: 0.003,
  tokens: 10,
};
const data = fakeDataset({ rng: new Rng('data'), captions: true });
const fewPairs = fakeDataset({ rng: new Rng('data'), captions: true, train: 16 });

function newTrainer(change: Partial<DcmhtConfig> = {}): DcmhtTrainer {
  const rng = new Rng('trainer');
  const config = dcmhtConfigSchema.parse({ ...settings, ...change });
  return new DcmhtTrainer(config, { backbone: tinyClip(rng), rng });
}

describe('DcmhtTrainer', () => {
  it('learns to retrieve across modalities', async () => {
    const trainer = newTrainer({ epochs: 15 });
    const losses = await epochLosses(trainer, data);
    expect(losses.at(-1)).toBeLessThan(0.5 * losses[0]!);
    expect(await meanAveragePrecision(trainer, data, 'image', 'text')).toBeGreaterThan(0.6); // chance: 0.25
    expect(await meanAveragePrecision(trainer, data, 'text', 'image')).toBeGreaterThan(0.6);
  }, 90_000);

  it('lowers its loss with the head of the first code and the loss of cosines', async () => {
    const losses = await epochLosses(newTrainer({ epochs: 5, head: 'select', similarity: 'cosine' }), data);
    expect(losses.at(-1)).toBeLessThan(0.8 * losses[0]!);
  });

  it.each(trainerChecks)('%s', (_, check) => check({ newTrainer, data: fewPairs }));

  it('leaves the towers as they are at a rate of 0', async () => {
    const trainer = newTrainer({ epochs: 1, backboneLearningRate: 0 });
    const before = parameterValues(trainer.network);
    await trainer.fit(data);
    const changed = Object.entries(parameterValues(trainer.network))
      .filter(([name, now]) => String(now) !== String(before[name]))
      .map(([name]) => name.split('/')[0]);
    expect(new Set(changed)).toEqual(new Set(['heads']));
  });

  it('leaves out a last batch of one', async () => {
    const trainer = newTrainer({ epochs: 1, batchSize: 23 });
    await expect(trainer.fit(data)).resolves.toMatchObject({ epochs: 1 });
  });

  it('refuses a backbone without texts, more tokens than it reads, and data without texts', async () => {
    const rng = new Rng(1);
    const config = dcmhtConfigSchema.parse(settings);
    expect(() => new DcmhtTrainer(config, { backbone: fakeBackbone(rng), rng })).toThrow(
      'DCMHT hashes images and texts, but the backbone fake has no text tower. Those of CLIP have one.',
    );
    expect(() => newTrainer({ tokens: 13 })).toThrow(
      'DCMHT: expected tokens to be at most 12, which tiny reads, but got 13.',
    );
    const images = fakeDataset({ rng });
    await expect(newTrainer().fit(images)).rejects.toThrow(
      'DCMHT needs images and texts, but the data have: image.',
    );
    await expect(newTrainer().encode(images.query, 'text')).rejects.toThrow(
      'DCMHT needs texts, but the data have: image.',
    );
    const query = { ...data.query, vectorWidths: { text: 10 } };
    const vectors = 'DCMHT reads sentences, but the texts of the data are vectors of 10 numbers.';
    await expect(newTrainer().encode(query, 'text')).rejects.toThrow(vectors);
    await expect(newTrainer().fit({ ...data, train: query })).rejects.toThrow(vectors);
  });
});

describe('dcmht', () => {
  it("has recipes whose settings its schema knows, and the authors' settings as defaults", () => {
    checkRecipes(dcmht, ['collected', 'paper', 'paper-mirflickr', 'paper-nuswide', 'quick']);
    const { paper, collected } = dcmht.recipes;
    expect(dcmht.config.parse(paper!.config)).toMatchObject({
      head: 'select',
      errorRate: 0.5,
      quantisationWeight: 0,
    });
    expect(dcmht.config.parse(collected!.config)).toMatchObject({ head: 'attention', errorRate: 0.75 });
    expect(dcmht.config.parse({})).toMatchObject({
      ...{ bits: 16, epochs: 100, batchSize: 100, learningRate: 1e-3, backboneLearningRate: 1e-5 },
      ...{ weightDecay: 0.2, warmup: 0.1, maxGradientNorm: 1, errorRate: 0.75, quantisationWeight: 0.001 },
    });
  });
});
