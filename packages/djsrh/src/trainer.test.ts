import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { vectorBackbone } from '@hash/backbones';
import {
  assignParameters,
  flattenParameters,
  Rng,
  tf,
  type Backbone,
  type Dataset,
  type StoredTensor,
  type Samples,
} from '@hash/core';
import {
  checkRecipes,
  epochLosses,
  expectClose,
  fakeBackbone,
  fakeDataset,
  meanAveragePrecision,
  parameterValues,
  temporaryFolder,
  trainerChecks,
  type Nested,
} from '@hash/core/testing';
import { djsrhConfigSchema, type DjsrhConfig } from './config.js';
import { djsrh } from './method.js';
import { DjsrhTrainer } from './trainer.js';
import { vectorPairs } from './vectorPairs.testing.js';
import { vectors } from './vectors.testing.js';

const settings = {
  ...{ bits: 8, epochs: 4, batchSize: 8, learningRate: 0.05, textLearningRate: 0.05, imageShare: 0.3 },
  ...{ text: 'words', textWidth: 64, textHiddenWidth: 16, margin: 1 },
} as const;
const data = fakeDataset({ rng: new Rng('data'), captions: true });

function newTrainer(
  change: Partial<DjsrhConfig> = {},
  backbone: Backbone = fakeBackbone(new Rng('backbone')),
): DjsrhTrainer {
  const rng = new Rng('trainer');
  return new DjsrhTrainer(djsrhConfigSchema.parse({ ...settings, ...change }), { backbone, rng });
}

/** A data set whose queries and database cannot be read. */
function trainOnly(train: Samples): Dataset {
  const sealed: Samples = {
    ...train,
    batches: () => {
      throw new Error('training has read what it is measured by');
    },
  };
  return { ...data, train, query: sealed, database: sealed };
}

describe('DjsrhTrainer', () => {
  const folder = temporaryFolder(beforeEach, afterEach);

  it('lowers its loss', async () => {
    const losses = await epochLosses(newTrainer({ epochs: 12, sharpen: false }), data);
    expect(losses).toHaveLength(12);
    expect(losses.at(-1)).toBeLessThan(0.8 * losses[0]!);
  });

  it('learns to retrieve across modalities', async () => {
    const trainer = newTrainer({ epochs: 40, bits: 16, imageHiddenWidth: 16 });
    await trainer.fit(data);
    // chance: 0.25
    expect(await meanAveragePrecision(trainer, data, 'image', 'text')).toBeGreaterThan(0.5);
    expect(await meanAveragePrecision(trainer, data, 'text', 'image')).toBeGreaterThan(0.5);
  }, 60_000);

  it.each(trainerChecks)('%s', (_, check) => check({ newTrainer, data }));

  it('goes on to the same bits after it was killed between two checkpoints', async () => {
    const [whole, killed, second] = [newTrainer(), newTrainer(), newTrainer()];
    await whole.fit(data);
    const onEvent = ({ type, ...event }: { type: string; epoch: number; step?: number }) => {
      if (type === 'step' && event.epoch === 2 && event.step === 1) throw new Error('killed');
    };
    await expect(killed.fit(data, { folder: folder.path, onEvent })).rejects.toThrow('killed');
    await second.fit(data, { folder: folder.path, resume: true });
    expect(parameterValues(second.network)).toEqual(parameterValues(whole.network));
  });

  it('reads neither queries nor database while training', async () => {
    const { epochs } = await newTrainer({ epochs: 1, standardize: true }).fit(trainOnly(data.train));
    expect(epochs).toBe(1);
  });

  it('takes the affinity of images from the backbone as it was, not as it has become', async () => {
    const backbone = fakeBackbone(new Rng('backbone'));
    const still = { epochs: 1, batchSize: 24, imageShare: 1, learningRate: 1e-9, textLearningRate: 1e-9 };
    const trainer = newTrainer(still, backbone);
    const before = await trainer.fit(data);
    for (const variable of flattenParameters(backbone.parameters).values())
      variable.assign(tf.randomNormal(variable.shape, 0, 1, 'float32', 3));
    const after = await trainer.fit(data);
    expect(after.terms['imageImage']).not.toBeCloseTo(before.terms['imageImage']!, 2);
    expect(after.terms['textText']).toBeCloseTo(before.terms['textText']!, 5);
  });

  it('leaves parameters of the backbone as they are whose names begin as it is told', async () => {
    const backbone = fakeBackbone(new Rng('backbone'));
    const before = parameterValues(backbone);
    const trainer = newTrainer({ epochs: 1, untrained: 'embedding/kernel' }, backbone);
    await trainer.fit(data);
    const after = parameterValues(backbone);
    expect(after['embedding/kernel']).toEqual(before['embedding/kernel']);
    expect(after['embedding/bias']).not.toEqual(before['embedding/bias']);
    await expect(newTrainer({ untrained: 'features/' }).fit(data)).rejects.toThrow(
      "DJSRH: expected parameters of the backbone fake whose names begin with 'features/' (untrained), " +
        'but got embedding/kernel, embedding/bias.',
    );
  });

  it('takes batches as small as the data are', async () => {
    const few = vectorPairs([[1, 2]], [[3, 4, 5]]);
    const change = { text: 'vectors', textWidth: 3, epochs: 2 } as const;
    const trainer = newTrainer(change, vectorBackbone('vectors', 2));
    const losses = await epochLosses(trainer, trainOnly(few));
    expect(losses.every(Number.isFinite)).toBe(true);
  });

  it('refuses data without texts, and vectors of another width', async () => {
    const images = fakeDataset({ rng: new Rng(1) });
    const message = 'DJSRH: expected texts as sentences, but the data have none.';
    await expect(newTrainer().fit(images)).rejects.toThrow(message);
    await expect(newTrainer().encode(images.query, 'text')).rejects.toThrow(message);
    const wide = newTrainer({ text: 'vectors', textWidth: 3 }, vectorBackbone('vectors', 5));
    await expect(wide.fit(trainOnly(vectorPairs([[1, 2]], [[1, 2, 3]])))).rejects.toThrow(
      'The backbone vectors takes vectors of 5 numbers in the place of images, [n, 1, 1, 5], but got [1, 1, 1, 2].',
    );
  });
});

describe('two steps of DJSRH', () => {
  const { images, texts, initial, steps } = vectors.twoSteps;
  const data = trainOnly(vectorPairs(images, texts));
  const config: Partial<DjsrhConfig> = {
    ...{ bits: 2, batchSize: 3, learningRate: 0.01, textLearningRate: 0.01, textHiddenWidth: 3 },
    ...{ imageShare: 0.3, imageWeight: 0.3, textWeight: 0.3, text: 'vectors', textWidth: 3 },
  };

  it.each([1, 2])('have the parameters of the oracle after epoch %i', async (epochs) => {
    const trainer = newTrainer({ ...config, epochs }, vectorBackbone('vectors', 4));
    const { backbone, ...heads } = trainer.network.parameters;
    expect(backbone).toEqual({});
    const stored = Object.entries(initial).map(([name, value]) => [name, storedTensor(value)] as const);
    assignParameters('oracle', heads, new Map(stored));
    const { terms } = await trainer.fit(data);
    const { parameters, terms: expected } = steps[epochs - 1]!;
    for (const [name, value] of Object.entries(expected)) expect(terms[name]).toBeCloseTo(value, 5);
    for (const [name, variable] of flattenParameters(heads)) expectClose(variable, parameters[name]!);
  });

  function storedTensor(value: Nested): StoredTensor {
    const rows = value as number[][] | number[];
    const shape = Array.isArray(rows[0]) ? [rows.length, rows[0].length] : [rows.length];
    return { dtype: 'float32', shape, data: Float32Array.from(rows.flat()) };
  }
});

describe('djsrh', () => {
  it("has recipes whose settings its schema knows, and the authors' settings as defaults", () => {
    checkRecipes(djsrh, [
      'paper-nuswide',
      'paper-wiki',
      'paper',
      'quick',
      'wiki-1',
      'wiki-2',
      'wiki-3',
      'wiki-4',
      'wiki-5',
      'wiki-6',
      'wiki',
    ]);
    expect(djsrh.config.parse({})).toMatchObject({
      ...{ bits: 64, epochs: 80, batchSize: 32, learningRate: 0.001, textLearningRate: 0.01, momentum: 0.9 },
      ...{ weightDecay: 5e-4, imageShare: 0.9, neighbourShare: 0.4, scale: 1.5, imageWeight: 0.1 },
      ...{ textWeight: 0.1, textHiddenWidth: 4096, textWidth: 1386 },
    });
  });
});
