import { describe, expect, it } from '@jest/globals';
import { Rng, tf } from '@hash/core';
import {
  checkRecipes,
  epochLosses,
  fakeBackbone,
  fakeDataset,
  meanAveragePrecision,
  parameterValues,
  trainerChecks,
} from '@hash/core/testing';
import { nshConfigSchema, type NshConfig } from './config.js';
import { nsh } from './method.js';
import { NshTrainer } from './trainer.js';

const settings = {
  ...{ bits: 8, epochs: 4, batchSize: 8, hiddenWidth: 16, latentWidth: 8 },
  ...{ learningRate: 0.01, backboneLearningRate: 0.01 },
};
const data = fakeDataset({ rng: new Rng('data') });

function newTrainer(change: Partial<NshConfig> = {}): NshTrainer {
  const rng = new Rng('trainer');
  return new NshTrainer(nshConfigSchema.parse({ ...settings, ...change }), {
    backbone: fakeBackbone(rng),
    rng,
  });
}

/** Names of the parameters that training changed. */
async function changed(trainer: NshTrainer): Promise<string[]> {
  const before = parameterValues(trainer.network);
  await trainer.fit(data);
  const after = parameterValues(trainer.network);
  return Object.keys(after).filter((name) => String(after[name]) !== String(before[name]));
}

describe('NshTrainer', () => {
  it('lowers its loss', async () => {
    const losses = await epochLosses(newTrainer({ epochs: 8, batchNorm: false }), data);
    expect(losses).toHaveLength(8);
    expect(losses.at(-1)).toBeLessThan(losses[0]! - 0.3);
  });

  it('learns codes that find the class of an image', async () => {
    const trainer = newTrainer({ bits: 16 });
    const measured = () => meanAveragePrecision(trainer, data, 'image');
    const untrained = await measured();
    await trainer.fit(data);
    expect(await measured()).toBeGreaterThan(Math.max(0.9, untrained + 0.1));
  });

  it.each(trainerChecks)('%s', (_, check) => check({ newTrainer, data }));

  it('trains backbone and heads, each at its own rate', async () => {
    const all = Object.keys(parameterValues(newTrainer().network));
    expect(await changed(newTrainer({ epochs: 1 }))).toEqual(all);
    const heads = all.filter((name) => !name.startsWith('backbone/'));
    expect(await changed(newTrainer({ epochs: 1, backboneLearningRate: 1e-12 }))).toEqual(heads);
  });

  it('standardises the heads by the batch while training, by what it has seen when encoding', async () => {
    const trainer = newTrainer({ epochs: 1 });
    const names = await changed(trainer);
    expect(names).toContain('code/output/norm/mean');
    expect(Object.keys(parameterValues(newTrainer({ batchNorm: false }).network))).not.toContain(
      'code/output/norm/mean',
    );
    const alone = { ...data.query, length: 1 };
    const codes = await trainer.encode(data.query, 'image');
    const { data: first } = await trainer.encode(
      { ...alone, batches: (request) => data.query.batches({ ...request, order: Uint32Array.of(0) }) },
      'image',
    );
    expect(codes.data[0]).toBe(first[0]);
  });

  it('takes the mean of patches where asked to, and says where there are none', async () => {
    const trainer = newTrainer({ pooling: 'tokens', epochs: 1 });
    // The fake backbone's own vector is that mean.
    expect(await trainer.encode(data.query, 'image')).toEqual(
      await newTrainer({ epochs: 1 }).encode(data.query, 'image'),
    );
    const rng = new Rng(1);
    const pooledOnly = { ...fakeBackbone(rng), features: () => ({ pooled: tf.zeros<tf.Rank.R2>([8, 6]) }) };
    const config = nshConfigSchema.parse({ ...settings, pooling: 'tokens' });
    await expect(new NshTrainer(config, { backbone: pooledOnly, rng }).fit(data)).rejects.toThrow(
      'NSH was to take the mean of patch tokens, but the backbone fake has none.',
    );
  });

  it('leaves the code head where it is without the straight-through gradient', async () => {
    const trainer = newTrainer({ epochs: 1, codes: 'sign', quantisationWeight: 0, batchNorm: false });
    const names = await changed(trainer);
    expect(names).toContain('latent/output/kernel');
    expect(names.filter((name) => name.startsWith('code/'))).toEqual([]);
  });

  it('refuses texts, and fewer images than a batch', async () => {
    await expect(newTrainer().encode(data.query, 'text')).rejects.toThrow(
      "NSH encodes images, but was asked for the modality 'text'.",
    );
    const texts = { ...data, train: { ...data.train, modalities: ['text'] as const } };
    await expect(newTrainer().fit(texts)).rejects.toThrow('NSH needs images, but the data have: text.');
    await expect(newTrainer({ batchSize: 25 }).fit(data)).rejects.toThrow(
      'NSH: expected at least a batch of 25 training images, but got 24.',
    );
  });
});

describe('nsh', () => {
  it('has recipes whose settings its schema knows', () => {
    checkRecipes(nsh, ['mobilenetv2', 'paper', 'quick']);
  });

  it('has the settings of the re-implementations as defaults, and a gentler sorter', () => {
    expect(nsh.config.parse({})).toMatchObject({ batchSize: 50, positives: 2, temperature: 0.1 });
    expect(nsh.config.parse({})).toMatchObject({ sortTemperature: 0.5, codes: 'straightThrough' });
  });

  it('wants negatives in a batch', () => {
    const { error } = nsh.config.safeParse({ positives: 8, batchSize: 8 });
    expect(error?.issues).toMatchObject([
      { path: ['positives'], message: 'must be less than batchSize: the other items are the negatives' },
    ]);
  });
});
