import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { readdirSync } from 'node:fs';
import { Rng, type TrainEvent } from '@hash/core';
import {
  checkRecipes,
  checkResume,
  fakeBackbone,
  fakeDataset,
  parameterValues,
  stopAt,
  temporaryFolder,
  trainerChecks,
} from '@hash/core/testing';
import { shcConfigSchema } from './config.js';
import { shc } from './method.js';
import { ShcTrainer } from './trainer.js';

const settings = {
  bits: 8,
  epochs: 4,
  batchSize: 8,
  learningRate: 0.01,
  classifier: { epochs: 3, learningRate: 0.01 },
  centers: { cycles: 3 },
};
const data = fakeDataset({ rng: new Rng('data') });

function newTrainer(change: object = {}): ShcTrainer {
  const sharedRng = new Rng('trainer');
  return new ShcTrainer(shcConfigSchema.parse({ ...settings, ...change }), {
    backbone: fakeBackbone(new Rng('backbone')),
    rng: sharedRng.fork(8),
    sharedRng,
  });
}

/** Collects the stages that begin. */
function observer() {
  const stages: (string | undefined)[] = [];
  const onEvent = (event: TrainEvent) => {
    if (event.type === 'start') stages.push(event.stage);
  };
  return { stages, onEvent };
}

describe('ShcTrainer', () => {
  const folder = temporaryFolder(beforeEach, afterEach);

  it('tells classes apart, then lowers its loss towards their centres', async () => {
    const losses: Record<string, number[]> = { classifier: [], hashing: [] };
    let stage = '';
    const onEvent = (event: TrainEvent) => {
      if (event.type === 'start') stage = event.stage!;
      if (event.type === 'epoch') losses[stage]!.push(event.terms['loss']!);
    };
    const report = await newTrainer({ epochs: 10 }).fit(data, { onEvent });
    expect(report).toMatchObject({ epochs: 10, interrupted: false, selectedEpoch: 9 });
    expect([losses['classifier']!.length, losses['hashing']!.length]).toEqual([3, 10]);
    expect(losses['classifier']!.at(-1)).toBeLessThan(losses['classifier']![0]!);
    expect(losses['hashing']!.at(-1)).toBeLessThan(0.7 * losses['hashing']![0]!);
  });

  it('ends at the same bits whether or not it was interrupted while hashing', () =>
    checkResume({ newTrainer, data }, { stage: 'hashing', epoch: 1, step: 1 }));

  it('begins no stage again that was done', async () => {
    await newTrainer().fit(data, { folder: folder.path, ...stopAt({ stage: 'hashing', epoch: 1, step: 1 }) });
    const { stages, onEvent } = observer();
    await newTrainer().fit(data, { folder: folder.path, resume: true, onEvent });
    expect(stages).toEqual(['hashing']);
  });

  it('begins stage 3 from the values that the backbone had before stage 1', async () => {
    const sizes = [1, 3].map((epochs) => newTrainer({ classifier: { epochs, learningRate: 0.01 } }));
    const first = sizes.map(({ network }) => parameterValues(network));
    for (const trainer of sizes) {
      await trainer.fit(data, stopAt({ stage: 'classifier', epoch: 0, step: 1 }));
    }
    expect(sizes.map(({ network }) => parameterValues(network))).toEqual(first);
  });

  it('shares the classifier of bit lengths, and keeps what it made', async () => {
    const [eight, nine] = [8, 9].map((bits) => folder.join(String(bits))) as [string, string];
    await newTrainer().fit(data, { folder: eight, sharedFolder: folder.path });
    const { stages, onEvent } = observer();
    await newTrainer({ bits: 9 }).fit(data, { folder: nine, sharedFolder: folder.path, onEvent });
    expect(stages).toEqual(['hashing']);
    expect(readdirSync(folder.path)).toEqual(['8', '9', expect.stringMatching(/^classifier-[0-9a-f]{8}$/)]);
    const names = ['centers.json', 'centers.npy', 'start-centers.json', 'start-centers.npy'];
    expect(readdirSync(nine)).toEqual(expect.arrayContaining(names));
  });

  it.each([
    ['settings', { classifier: { epochs: 2, learningRate: 0.01 } }, data],
    ['data', {}, fakeDataset({ rng: new Rng('other') })],
  ])('does not take the classifier of other %s', async (_, change, others) => {
    const [one, two] = ['one', 'two'].map((name) => folder.join(name)) as [string, string];
    await newTrainer().fit(data, { folder: one, sharedFolder: folder.path });
    const { stages, onEvent } = observer();
    await newTrainer(change).fit(others, { folder: two, sharedFolder: folder.path, onEvent });
    expect(stages).toEqual(['classifier', 'hashing']);
  });

  it('refuses to go on towards other centres', async () => {
    await newTrainer().fit(data, { folder: folder.path, ...stopAt({ stage: 'hashing', epoch: 1, step: 1 }) });
    const other = newTrainer({ centers: { cycles: 2, minDistance: 2 } });
    await expect(other.fit(data, { folder: folder.path, resume: true })).rejects.toThrow(
      /^SHC: expected a checkpoint of training towards the centres [0-9a-f]{64}, but got one towards [0-9a-f]{64}\.$/,
    );
  });

  it('finds out before stage 1 that there are no centres', async () => {
    const { stages, onEvent } = observer();
    const trainer = newTrainer({ centers: { minDistance: 7 } });
    await expect(trainer.fit(data, { onEvent })).rejects.toThrow(
      "startCenters: expected 4 centres of 8 bits at distances of at least 7, but init 'greedy' found only",
    );
    expect(stages).toEqual([]);
  });

  it.each(trainerChecks)('%s', (_, check) => check({ newTrainer, data }));

  it('refuses texts', async () => {
    await expect(newTrainer().encode(data.query, 'text')).rejects.toThrow(
      "SHC encodes images, but was asked for the modality 'text'.",
    );
    const texts = { ...data, train: { ...data.train, modalities: ['text'] as const } };
    await expect(newTrainer().fit(texts)).rejects.toThrow('SHC needs images, but the data have: text.');
  });
});

describe('shc', () => {
  it("has recipes whose settings its schema knows, and the authors' settings as defaults", () => {
    checkRecipes(shc, ['mobilenetv2', 'paper', 'quick']);
    expect(shc.config.parse({})).toMatchObject({ epochs: 100, batchSize: 64, learningRate: 1e-4 });
  });
});
