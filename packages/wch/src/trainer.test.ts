import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { flattenParameters, Rng, tf, type TrainEvent } from '@hash/core';
import { fakeBackbone, fakeDataset } from '@hash/core/testing';
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

const values = (trainer: WchTrainer) =>
  [...flattenParameters(trainer.network.parameters)].map(([name, variable]) => [
    name,
    [...variable.dataSync()],
  ]);

describe('WchTrainer', () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'wch-'));
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  it('lowers its loss', async () => {
    const losses: number[] = [];
    const onEvent = (event: TrainEvent) => {
      if (event.type === 'epoch') losses.push(event.terms['loss']!);
    };
    const report = await newTrainer({ epochs: 8 }).fit(data, { onEvent });
    expect(report).toMatchObject({ epochs: 8, interrupted: false });
    expect(losses).toHaveLength(8);
    expect(losses.at(-1)).toBeLessThan(losses[0]! - 0.3);
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
    const [alone, together] = [newTrainer({ batchSize: 1 }), newTrainer({ batchSize: 5 })];
    expect(await alone.encode(data.query, 'image')).toEqual(await together.encode(data.query, 'image'));
  });

  it('leaves no tensor behind once disposed of', async () => {
    const before = tf.memory().numTensors;
    const trainer = newTrainer({ epochs: 1 });
    await trainer.fit(data);
    await trainer.encode(data.query, 'image');
    trainer.dispose();
    expect(tf.memory().numTensors).toBe(before);
  });

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
    expect(Object.keys(wch.recipes)).toEqual([
      'cifar10-small',
      'mobilenetv2',
      'paper',
      'paper-coco',
      'paper-nuswide',
      'quick',
    ]);
    for (const recipe of Object.values(wch.recipes))
      expect(() => wch.config.parse(recipe.config)).not.toThrow();
    expect(wch.config.parse({})).toMatchObject({ epochs: 50, batchSize: 32, learningRate: 1e-5 });
  });
});
