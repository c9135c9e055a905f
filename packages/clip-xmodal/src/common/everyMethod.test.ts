import { describe, expect, it } from '@jest/globals';
import {
  concatCodes,
  trainableParameters,
  Rng,
  type Batch,
  type Dataset,
  type Labels,
  type Method,
  type Samples,
} from '@hash/core';
import { fakeDataset } from '@hash/core/testing';
import * as exported from '../index.js';
import type { CommonConfig } from './commonConfig.js';
import type { CrossModalTrainer } from './crossModalTrainer.js';
import { tinyClip } from './tinyClip.testing.js';

const METHODS = Object.values<unknown>({ ...exported }).filter(isMethod);

function isMethod(value: unknown): value is Method<CommonConfig> {
  return typeof value === 'object' && value !== null && 'createTrainer' in value;
}

async function newTrainer(method: Method<CommonConfig>, change: object = {}) {
  const rng = new Rng('trainer');
  const config = method.config.parse({ bits: 8, epochs: 1, batchSize: 8, tokens: 10, ...change });
  const trainer = await method.createTrainer(config, { backbone: tinyClip(rng), rng });
  return trainer as CrossModalTrainer<CommonConfig>;
}

const data = fakeDataset({ rng: new Rng('data'), captions: true });

/** Some of the items with other texts, and others without labels. */
function changeItems(
  samples: Samples,
  texts: ReadonlyMap<number, string>,
  unlabelled: readonly number[],
): Samples {
  const change = ({ texts: before, labels, ...batch }: Batch): Batch => ({
    ...batch,
    texts: before!.map((text, at) => texts.get(batch.indices[at]!) ?? text),
    labels: withoutLabels(labels, (at) => unlabelled.includes(batch.indices[at]!)),
  });
  return {
    ...samples,
    labels: withoutLabels(samples.labels, (at) => unlabelled.includes(at)),
    async *batches(request) {
      for await (const batch of samples.batches(request)) yield change(batch);
    },
  };
}

function withoutLabels(labels: Labels, chosen: (at: number) => boolean): Labels {
  return { ...labels, words: labels.words.map((word, at) => (chosen(at) ? 0 : word)) };
}

/** Each item of some samples as samples of their own. */
function* oneByOne(samples: Samples): Generator<Samples> {
  for (let at = 0; at < samples.length; at++)
    yield {
      ...samples,
      length: 1,
      batches: (request) => samples.batches({ ...request, order: Uint32Array.of(at) }),
    };
}

describe.each(METHODS.map((method) => [method.name, method] as const))('%s', (_, method) => {
  it('has recipes for the data sets of the papers and one for minutes', () => {
    const dataOf = (name: string) => method.recipes[name]?.dataset.name;
    expect(['paper', 'paper-mirflickr', 'paper-nuswide', 'quick'].map(dataOf)).toEqual([
      ...['coco-captions', 'mirflickr-tags', 'nuswide-tags', 'shapes'],
    ]);
  });

  it('the setting of the rate of CLIP is honoured, not overlooked: towers and heads each move by their own', async () => {
    const rates = { learningRate: 0.004, backboneLearningRate: 0.001 };
    const trainer = await newTrainer(method, { ...rates, batchSize: 24, warmup: 0, weightDecay: 0 });
    const values = (part: 'backbone' | 'heads') =>
      [...trainableParameters({ part: trainer.network.parameters[part]! }).values()].map((v) => v.dataSync());
    const before = { backbone: values('backbone'), heads: values('heads') };
    await trainer.fit(data);
    const largest = (part: keyof typeof before) =>
      Math.max(
        ...values(part).flatMap((now, i) => [...now].map((x, j) => Math.abs(x - before[part][i]![j]!))),
      );
    // The first step of BertAdam without a correction of its averages: rate * 0.1 g / sqrt(0.02 g^2).
    expect(largest('backbone') / 0.001).toBeCloseTo(0.1 / Math.sqrt(0.02), 2);
    expect(largest('heads') / 0.004).toBeCloseTo(0.1 / Math.sqrt(0.02), 2);
  });

  it('takes an item without labels, and texts that are empty, of 500 words, or in Chinese', async () => {
    const texts = new Map([[0, ''], [1, Array.from({ length: 500 }, (_, i) => `word${i}`).join(' ')], [2, '黑色背景上的一个白色圆形']]); // prettier-ignore
    const train = changeItems(data.train, texts, [3]);
    const trainer = await newTrainer(method);
    const { terms } = await trainer.fit({ ...data, train } satisfies Dataset);
    expect(Number.isFinite(terms['loss'])).toBe(true);
    expect(await trainer.encode(train, 'text')).toMatchObject({ count: 24, bits: 8 });
  });

  it('a batch of one is not squeezed: an item has the same code alone as among others', async () => {
    const trainer = await newTrainer(method);
    for (const modality of ['image', 'text'] as const) {
      const alone = [];
      for (const one of oneByOne(data.query)) alone.push(await trainer.encode(one, modality));
      expect(concatCodes(alone)).toEqual(await trainer.encode(data.query, modality));
    }
  });
});
