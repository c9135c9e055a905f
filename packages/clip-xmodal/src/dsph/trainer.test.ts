import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { evaluateRetrieval, flattenParameters, Rng, tf, type TrainEvent } from '@hash/core';
import { fakeDataset } from '@hash/core/testing';
import { tinyClip } from '../common/tinyClip.testing.js';
import { dsphConfigSchema, type DsphConfig } from './config.js';
import { dsph } from './method.js';
import { DsphTrainer } from './trainer.js';

const settings = {
  ...{ bits: 8, epochs: 3, batchSize: 8, tokens: 10 },
  ...{ learningRate: 0.03, backboneLearningRate: 0.006 },
};
const data = fakeDataset({ rng: new Rng('data'), captions: true });

function newTrainer(change: Partial<DsphConfig> = {}): DsphTrainer {
  const rng = new Rng('trainer');
  return new DsphTrainer(dsphConfigSchema.parse({ ...settings, ...change }), {
    backbone: tinyClip(rng),
    rng,
  });
}

const values = (trainer: DsphTrainer) =>
  [...flattenParameters(trainer.network.parameters)].map(([name, variable]) => [
    name,
    [...variable.dataSync()],
  ]);

describe('DsphTrainer', () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'dsph-'));
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  it('learns to retrieve across modalities', async () => {
    const losses: number[] = [];
    const onEvent = (event: TrainEvent) => {
      if (event.type === 'epoch') losses.push(event.terms['loss']!);
    };
    const trainer = newTrainer({ epochs: 30 });
    await trainer.fit(data, { onEvent });
    expect(losses.at(-1)).toBeLessThan(0.8 * losses[0]!);
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
  }, 120_000);

  it('ends at the same bits whether or not it was interrupted: proxies and their velocity go on too', async () => {
    const whole = newTrainer();
    await whole.fit(data);
    const abort = new AbortController();
    const onEvent = (event: TrainEvent) => {
      if (event.type === 'step' && event.epoch === 1 && event.step === 1) abort.abort();
    };
    await newTrainer().fit(data, { folder, signal: abort.signal, onEvent });
    const second = newTrainer();
    await second.fit(data, { folder, resume: true });
    expect(values(second)).toEqual(values(whole));
  }, 60_000);

  it('saves a model without proxies, which brings back the same codes, and leaves no tensor behind', async () => {
    const before = tf.memory().numTensors;
    const [saved, loaded] = [newTrainer({ epochs: 1 }), newTrainer()];
    await saved.fit(data);
    await saved.save(folder);
    await loaded.load(folder);
    for (const modality of ['image', 'text'] as const) {
      expect(await loaded.encode(data.query, modality)).toEqual(await saved.encode(data.query, modality));
    }
    expect(values(saved).some(([name]) => String(name).includes('proxies'))).toBe(false);
    saved.dispose();
    loaded.dispose();
    expect(tf.memory().numTensors).toBe(before);
  });
});

describe('dsph', () => {
  it("has recipes whose settings its schema knows, and the authors' settings as defaults", () => {
    expect(Object.keys(dsph.recipes)).toEqual(['quick']);
    for (const recipe of Object.values(dsph.recipes))
      expect(() => dsph.config.parse(recipe.config)).not.toThrow();
    expect(dsph.config.parse({})).toMatchObject({
      ...{ epochs: 100, batchSize: 100, learningRate: 1e-3, backboneLearningRate: 1e-5, weightDecay: 0.2 },
      ...{ irrelevantWeight: 0.8, proxyLearningRate: 0.02, proxyMomentum: 0.9, proxyWeightDecay: 5e-4 },
    });
  });
});
