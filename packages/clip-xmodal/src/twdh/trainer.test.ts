import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { Rng, tf, type FitOptions, type Trainer } from '@hash/core';
import { writeHdf5 } from '@hash/core/files';
import {
  checkRecipes,
  fakeDataset,
  meanAveragePrecision,
  parameterValues,
  temporaryFolder,
  trainerChecks,
} from '@hash/core/testing';
import { tinyClip } from '../common/tinyClip.testing.js';
import { CodeTargets } from './codeTargets.js';
import { twdhConfigSchema, type TwdhConfig } from './config.js';
import { hashCenters } from './hashCenters.js';
import { learnTransform, reproducedBits } from './learnTransform.js';
import { twdh } from './method.js';
import { TwdhTrainer } from './trainer.js';

const settings = {
  ...{ bits: 4, longBits: 16, attentionHeads: 2, epochs: 3, batchSize: 8, tokens: 10 },
  ...{ learningRate: 0.03, backboneLearningRate: 0.006 },
};
const data = fakeDataset({ rng: new Rng('data'), captions: true });

function newTrainer(change: Partial<TwdhConfig> = {}): TwdhTrainer {
  const config = twdhConfigSchema.parse({ ...settings, ...change });
  const [rng, sharedRng] = [new Rng('trainer').fork(config.bits), new Rng('trainer')];
  return new TwdhTrainer(config, { backbone: tinyClip(sharedRng), rng, sharedRng });
}

const learned = (trainer: TwdhTrainer) => parameterValues({ parameters: trainer.model.parameters });

describe('TwdhTrainer', () => {
  const folder = temporaryFolder(beforeEach, afterEach);

  it('learns to retrieve across modalities, by long codes and by short ones', async () => {
    const rates = { learningRate: 0.01, backboneLearningRate: 0.01, weightDecay: 0.01 };
    const trainer = newTrainer({ ...rates, longBits: 8, epochs: 20 });
    await trainer.fit(data);
    expect(trainer.otherLengths).toEqual([8]);
    for (const bits of [undefined, 8]) {
      const ofLength = { encode: (samples, modality) => trainer.encode(samples, modality, bits) } as Trainer;
      expect((await ofLength.encode(data.query, 'image')).bits).toBe(bits ?? 4);
      for (const [from, to] of [
        ['image', 'text'],
        ['text', 'image'],
      ] as const) {
        const precision = await meanAveragePrecision(ofLength, data, from, to);
        expect(precision).toBeGreaterThan(0.5); // chance: 0.25
      }
    }
  }, 120_000);

  it('refuses lengths that it has not', async () => {
    await expect(newTrainer().encode(data.query, 'image', 8)).rejects.toThrow(
      'TWDH has codes of 4, 16 bits, but was asked for 8.',
    );
    expect(() => newTrainer({ bits: 16 })).toThrow(
      'TWDH: expected longBits to be more than the 16 bits of the short codes, but got 16.',
    );
  });

  it('TwDH: the transform is learned, and the short codes of classes are what it makes of the long ones', async () => {
    const trainer = newTrainer({ epochs: 1 });
    const stages: unknown[] = [];
    await trainer.fit(data, { onEvent: (event) => event.type === 'start' && stages.push(event.stage) });
    expect(stages).toEqual(['transform', undefined]);
    const rng = new Rng(3);
    const targets = (bits: number) => new CodeTargets(hashCenters(10, bits, rng.fork(bits)), rng.fork('tie'));
    const [long, short] = [targets(64), targets(16)];
    const ids = Array.from({ length: 50 }, (_, i) => 1 << (i % 10));
    const labels = { count: 50, classes: 10, words: Uint32Array.from(ids) };
    const transform = tf.variable(tf.randomUniform<tf.Rank.R2>([128, 32], -1, 1, 'float32', 7));
    expect(await reproducedBits(transform, long, short)).toBeLessThan(0.8);
    const config = twdhConfigSchema.parse({ transformBatchSize: 10 });
    await learnTransform(transform, labels, { long, short }, { config, rng });
    expect(await reproducedBits(transform, long, short)).toBe(1);
  }, 30_000);

  it('trains the network once for all lengths of a run, and once each where the short codes are in the loss', async () => {
    const fit = async (change: Partial<TwdhConfig>) => {
      const trainer = newTrainer(change);
      let steps = 0;
      const options: FitOptions = {
        folder: folder.join(`bits-${trainer.config.bits}`),
        sharedFolder: folder.path,
        onEvent: (event) => {
          if (event.type === 'step' && 'imageCenters' in event.terms) steps++;
        },
      };
      await trainer.fit(data, options);
      return { trainer, steps };
    };
    const [four, eight] = [await fit({ bits: 4, epochs: 1 }), await fit({ bits: 8, epochs: 1 })];
    expect([four.steps, eight.steps]).toEqual([3, 0]);
    expect(learned(eight.trainer)).toEqual(learned(four.trainer));
    const long = (trainer: TwdhTrainer) => trainer.encode(data.query, 'text', 16);
    expect(await long(eight.trainer)).toEqual(await long(four.trainer));
    const lines = (bits: number) => readFileSync(folder.join(`bits-${bits}`, 'metrics.jsonl'), 'utf8');
    expect(lines(8)).toBe(lines(4));
    const apart = [
      await fit({ bits: 6, epochs: 1, shortWeight: 0.3 }),
      await fit({ bits: 10, epochs: 1, shortWeight: 0.3 }),
    ];
    expect(apart.map(({ steps }) => steps)).toEqual([3, 3]);
    expect(readdirSync(folder.path).filter((name) => name.startsWith('long-'))).toHaveLength(1);
    expect(existsSync(folder.join('bits-10', 'checkpoint.json'))).toBe(true);
  }, 60_000);

  it('reads centres and a transform that were made before', async () => {
    const path = folder.join('centers.h5');
    const random = (rows: number, columns: number) => ({
      dtype: 'float32' as const,
      shape: [rows, columns],
      data: hashCenters(rows, columns, new Rng(5)).data,
    });
    const transform = { dtype: 'float32' as const, shape: [32, 8], data: Float32Array.from({ length: 256 }, (_, i) => i) }; // prettier-ignore
    await writeHdf5(path, new Map([['long', random(4, 16)], ['short_4', random(4, 4)], ['transform_4', transform]])); // prettier-ignore
    const trainer = newTrainer({ centers: path, epochs: 1 });
    await trainer.fit(data);
    expect([...trainer.model.fixed.transform.dataSync()]).toEqual([...transform.data]);
    await expect(newTrainer({ centers: path, bits: 8 }).fit(data)).rejects.toThrow(
      `${path}: expected an array short_8 [4, 8], but found long, short_4, transform_4.`,
    );
    await expect(newTrainer({ centers: path, longBits: 32 }).fit(data)).rejects.toThrow(
      `${path}: long: expected shape [4, 32], but found [4, 16].`,
    );
  });

  it('stops while the transform is learned', async () => {
    const abort = new AbortController();
    const onEvent = () => abort.abort();
    const report = await newTrainer().fit(data, { folder: folder.path, signal: abort.signal, onEvent });
    expect(report).toEqual({ epochs: 0, interrupted: true, terms: {}, selectedEpoch: 0 });
  });

  it.each(trainerChecks)('%s', (_, check) => check({ newTrainer, data }));

  it('brings a saved model back with its long codes', async () => {
    const [saved, loaded] = [newTrainer({ epochs: 1 }), newTrainer()];
    await saved.fit(data);
    await saved.save(folder.path);
    await loaded.load(folder.path);
    expect(await loaded.encode(data.query, 'text', 16)).toEqual(await saved.encode(data.query, 'text', 16));
  });
});

describe('twdh', () => {
  it("has recipes whose settings its schema knows, and the authors' settings as defaults", () => {
    checkRecipes(twdh, ['paper', 'paper-mirflickr', 'paper-nuswide', 'quick']);
    expect(twdh.config.parse({})).toMatchObject({
      ...{ epochs: 100, batchSize: 128, learningRate: 1e-3, backboneLearningRate: 1e-5, weightDecay: 0.2 },
      ...{ longBits: 512, quantisationWeight: 0.5, shortWeight: 0, transformSparsity: 0.001 },
    });
  });
});
