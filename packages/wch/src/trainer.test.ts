import { describe, expect, it } from '@jest/globals';
import { Rng, tf } from '@hash/core';
import { checkRecipes, epochLosses, fakeBackbone, fakeDataset, trainerChecks } from '@hash/core/testing';
import { wchConfigSchema, type WchConfig } from './config.js';
import { wch } from './method.js';
import { WchTrainer } from './trainer.js';

const settings = { bits: 8, epochs: 4, batchSize: 8, learningRate: 0.01, hiddenWidth: 16 };
const data = fakeDataset({ rng: new Rng('data') });

function newTrainer(change: Partial<WchConfig> = {}): WchTrainer {
  const rng = new Rng('trainer');
  return new WchTrainer(wchConfigSchema.parse({ ...settings, ...change }), {
    backbone: fakeBackbone(rng),
    rng,
  });
}

describe('WchTrainer', () => {
  it('lowers its loss', async () => {
    const losses = await epochLosses(newTrainer({ epochs: 8 }), data);
    expect(losses).toHaveLength(8);
    expect(losses.at(-1)).toBeLessThan(losses[0]! - 0.3);
  });

  it.each(trainerChecks)('%s', (_, check) => check({ newTrainer, data }));

  it('refuses texts, and a backbone without patch tokens', async () => {
    await expect(newTrainer().encode(data.query, 'text')).rejects.toThrow(
      "WCH encodes images, but was asked for the modality 'text'.",
    );
    const texts = { ...data, train: { ...data.train, modalities: ['text'] as const } };
    await expect(newTrainer().fit(texts)).rejects.toThrow('WCH needs images, but the data have: text.');
    const rng = new Rng(1);
    const pooledOnly = { ...fakeBackbone(rng), features: () => ({ pooled: tf.zeros<tf.Rank.R2>([8, 6]) }) };
    const trainer = new WchTrainer(wchConfigSchema.parse(settings), { backbone: pooledOnly, rng });
    await expect(trainer.fit(data)).rejects.toThrow(
      'WCH compares images patch by patch, but the backbone fake has no patch tokens.',
    );
  });
});

describe('wch', () => {
  it("has recipes whose settings its schema knows, and the authors' settings as defaults", () => {
    checkRecipes(wch, ['cifar10-small', 'mobilenetv2', 'paper', 'paper-coco', 'paper-nuswide', 'quick']);
    expect(wch.config.parse({})).toMatchObject({ epochs: 50, batchSize: 32, learningRate: 1e-5 });
  });
});
