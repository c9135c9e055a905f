import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { evaluateRetrieval, flattenParameters, Rng, tf, type TrainEvent } from '@hash/core';
import { fakeBackbone, fakeDataset } from '@hash/core/testing';
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

const values = (trainer: NshTrainer) =>
  Object.fromEntries(
    [...flattenParameters(trainer.network.parameters)].map(([name, variable]) => [
      name,
      [...variable.dataSync()],
    ]),
  );

/** Names of the parameters that training changed. */
async function changed(trainer: NshTrainer): Promise<string[]> {
  const before = values(trainer);
  await trainer.fit(data);
  const after = values(trainer);
  return Object.keys(after).filter((name) => String(after[name]) !== String(before[name]));
}

describe('NshTrainer', () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'nsh-'));
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  it('lowers its loss', async () => {
    const losses: number[] = [];
    const onEvent = (event: TrainEvent) => {
      if (event.type === 'epoch') losses.push(event.terms['loss']!);
    };
    const report = await newTrainer({ epochs: 8, batchNorm: false }).fit(data, { onEvent });
    expect(report).toMatchObject({ epochs: 8, interrupted: false });
    expect(losses).toHaveLength(8);
    expect(losses.at(-1)).toBeLessThan(losses[0]! - 0.3);
  });

  it('learns codes that find the class of an image', async () => {
    const trainer = newTrainer({ bits: 16 });
    const meanAveragePrecision = async () => {
      const [queryCodes, databaseCodes] = await Promise.all([
        trainer.encode(data.query, 'image'),
        trainer.encode(data.database, 'image'),
      ]);
      const labels = { queryLabels: data.query.labels, databaseLabels: data.database.labels };
      return evaluateRetrieval({ queryCodes, databaseCodes, ...labels, mapAt: ['all'] })[0]!.value;
    };
    const untrained = await meanAveragePrecision();
    await trainer.fit(data);
    expect(await meanAveragePrecision()).toBeGreaterThan(Math.max(0.9, untrained + 0.1));
  });

  it('ends at the same bits whether or not it was interrupted', async () => {
    const whole = newTrainer();
    await whole.fit(data);
    const abort = new AbortController();
    const onEvent = (event: TrainEvent) => {
      if (event.type === 'step' && event.epoch === 1 && event.step === 1) abort.abort();
    };
    const first = newTrainer();
    const stopped = await first.fit(data, { folder, signal: abort.signal, onEvent });
    expect(stopped.interrupted).toBe(true);
    const second = newTrainer();
    await second.fit(data, { folder, resume: true });
    expect(values(second)).toEqual(values(whole));
  });

  it('brings a saved model back: the same codes', async () => {
    const saved = newTrainer({ epochs: 1 });
    await saved.fit(data);
    await saved.save(folder);
    const loaded = newTrainer();
    await loaded.load(folder);
    const codes = await loaded.encode(data.query, 'image');
    expect(codes).toEqual(await saved.encode(data.query, 'image'));
    expect(codes).toMatchObject({ count: 8, bits: 8 });
  });

  it('encodes an image to the same code in any batch', async () => {
    const [small, large] = [newTrainer({ batchSize: 3 }), newTrainer({ batchSize: 5 })];
    expect(await small.encode(data.query, 'image')).toEqual(await large.encode(data.query, 'image'));
  });

  it('trains backbone and heads, each at its own rate', async () => {
    const all = Object.keys(values(newTrainer()));
    expect(await changed(newTrainer({ epochs: 1 }))).toEqual(all);
    const heads = all.filter((name) => !name.startsWith('backbone/'));
    expect(await changed(newTrainer({ epochs: 1, backboneLearningRate: 1e-12 }))).toEqual(heads);
  });

  it('standardises the heads by the batch while training, by what it has seen when encoding', async () => {
    const trainer = newTrainer({ epochs: 1 });
    const names = await changed(trainer);
    expect(names).toContain('code/output/norm/mean');
    expect(Object.keys(values(newTrainer({ batchNorm: false })))).not.toContain('code/output/norm/mean');
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

  it('leaves no tensor behind once disposed of', async () => {
    const before = tf.memory().numTensors;
    const trainer = newTrainer({ epochs: 1, twoViews: false });
    await trainer.fit(data);
    await trainer.encode(data.query, 'image');
    trainer.dispose();
    expect(tf.memory().numTensors).toBe(before);
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
    expect(Object.keys(nsh.recipes)).toEqual(['mobilenetv2', 'paper', 'quick']);
    for (const recipe of Object.values(nsh.recipes))
      expect(() => nsh.config.parse(recipe.config)).not.toThrow();
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
