import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { evaluateRetrieval, flattenParameters, Rng, tf, type TrainEvent } from '@hash/core';
import { fakeBackbone, fakeDataset } from '@hash/core/testing';
import { tinyClip } from '../common/tinyClip.testing.js';
import { dcmhtConfigSchema, type DcmhtConfig } from './config.js';
import { dcmht } from './method.js';
import { DcmhtTrainer } from './trainer.js';

const settings = {
  bits: 8,
  epochs: 4,
  batchSize: 8,
  learningRate: 0.03,
  backboneLearningRate: 0.003,
  tokens: 10,
};
const data = fakeDataset({ rng: new Rng('data'), captions: true });

function newTrainer(change: Partial<DcmhtConfig> = {}): DcmhtTrainer {
  const rng = new Rng('trainer');
  const config = dcmhtConfigSchema.parse({ ...settings, ...change });
  return new DcmhtTrainer(config, { backbone: tinyClip(rng), rng });
}

const values = (trainer: DcmhtTrainer) =>
  [...flattenParameters(trainer.network.parameters)].map(([name, variable]) => [
    name,
    [...variable.dataSync()],
  ]);

describe('DcmhtTrainer', () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'dcmht-'));
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  async function lossesOf(trainer: DcmhtTrainer): Promise<number[]> {
    const losses: number[] = [];
    await trainer.fit(data, {
      onEvent: (event) => {
        if (event.type === 'epoch') losses.push(event.terms['loss']!);
      },
    });
    return losses;
  }

  it('learns to retrieve across modalities', async () => {
    const trainer = newTrainer({ epochs: 15 });
    const losses = await lossesOf(trainer);
    expect(losses.at(-1)).toBeLessThan(0.5 * losses[0]!);
    const { query, database } = data;
    for (const [from, to] of [
      ['image', 'text'],
      ['text', 'image'],
    ] as const) {
      // prettier-ignore
      const [map] = evaluateRetrieval({
        queryCodes: await trainer.encode(query, from),
        queryLabels: query.labels,
        databaseCodes: await trainer.encode(database, to),
        databaseLabels: database.labels,
        mapAt: ['all'],
      });
      expect(map!.value).toBeGreaterThan(0.6); // chance: 0.25
    }
  }, 90_000);

  it('lowers its loss with the head of the first code and the loss of cosines', async () => {
    const losses = await lossesOf(newTrainer({ epochs: 5, head: 'select', similarity: 'cosine' }));
    expect(losses.at(-1)).toBeLessThan(0.8 * losses[0]!);
  });

  it('ends at the same bits whether or not it was interrupted', async () => {
    const whole = newTrainer();
    await whole.fit(data);
    const abort = new AbortController();
    const onEvent = (event: TrainEvent) => {
      if (event.type === 'step' && event.epoch === 1 && event.step === 1) abort.abort();
    };
    const stopped = await newTrainer().fit(data, { folder, signal: abort.signal, onEvent });
    expect(stopped.interrupted).toBe(true);
    const second = newTrainer();
    await second.fit(data, { folder, resume: true });
    expect(values(second)).toEqual(values(whole));
  });

  it('leaves the towers as they are at a rate of 0', async () => {
    const trainer = newTrainer({ epochs: 1, backboneLearningRate: 0 });
    const before = new Map(values(trainer) as [string, number[]][]);
    await trainer.fit(data);
    const changed = (values(trainer) as [string, number[]][])
      .filter(([name, now]) => String(now) !== String(before.get(name)))
      .map(([name]) => name.split('/')[0]);
    expect(new Set(changed)).toEqual(new Set(['heads']));
  });

  it('leaves out a last batch of one', async () => {
    const trainer = newTrainer({ epochs: 1, batchSize: 23 });
    await expect(trainer.fit(data)).resolves.toMatchObject({ epochs: 1 });
  });

  it('brings a saved model back: the same codes', async () => {
    const saved = newTrainer({ epochs: 1 });
    await saved.fit(data);
    await saved.save(folder);
    const loaded = newTrainer();
    await loaded.load(folder);
    for (const modality of ['image', 'text'] as const) {
      const codes = await loaded.encode(data.query, modality);
      expect(codes).toEqual(await saved.encode(data.query, modality));
      expect(codes).toMatchObject({ count: 8, bits: 8 });
    }
  });

  it('encodes an item to the same code in any batch', async () => {
    const [few, many] = [newTrainer({ batchSize: 2 }), newTrainer({ batchSize: 5 })];
    for (const modality of ['image', 'text'] as const) {
      expect(await few.encode(data.query, modality)).toEqual(await many.encode(data.query, modality));
    }
  });

  it('leaves no tensor behind once disposed of', async () => {
    const before = tf.memory().numTensors;
    const trainer = newTrainer({ epochs: 1 });
    await trainer.fit(data);
    await trainer.encode(data.query, 'image');
    await trainer.encode(data.query, 'text');
    trainer.dispose();
    expect(tf.memory().numTensors).toBe(before);
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
  });
});

describe('dcmht', () => {
  it("has recipes whose settings its schema knows, and the authors' settings as defaults", () => {
    expect(Object.keys(dcmht.recipes)).toEqual(['quick']);
    for (const recipe of Object.values(dcmht.recipes))
      expect(() => dcmht.config.parse(recipe.config)).not.toThrow();
    expect(dcmht.config.parse({})).toMatchObject({
      ...{ bits: 16, epochs: 100, batchSize: 100, learningRate: 1e-3, backboneLearningRate: 1e-5 },
      ...{ weightDecay: 0.2, warmup: 0.1, maxGradientNorm: 1, errorRate: 0.75, quantisationWeight: 0.001 },
    });
  });
});
