import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { disposeParameters, flattenParameters, INFERENCE, Rng, tf, trainableParameters } from '@hash/core';
import { leakedTensors } from '@hash/core/testing';
import { createBackbone } from '../catalogue/createBackbone.js';
import type { PublishedBackbone } from '../weights/checkpointFormat.js';
import { expectRelative } from '../layers/expectRelative.testing.js';
import { itTrains } from '../layers/itTrains.testing.js';

interface Outcome {
  readonly pooled: number[];
  readonly tokens: number[];
  readonly gradients: Readonly<Record<string, number[]>>;
}
interface Oracle {
  readonly images: { readonly shape: [number, number, number, number]; readonly data: number[] };
  readonly options: { readonly size: number; readonly multiplier: number; readonly width: number };
  readonly weight: number[];
  readonly running: Outcome;
  readonly batch: Outcome & { readonly moved: Readonly<Record<string, number[]>> };
}

const fixture = (name: string): string => fileURLToPath(new URL(`../../fixtures/${name}`, import.meta.url));
const oracle = JSON.parse(readFileSync(fixture('mobilenet.json'), 'utf8')) as Oracle;
const keys = JSON.parse(readFileSync(fixture('mobilenet-keys.json'), 'utf8')) as Readonly<
  Record<string, Record<string, number[]>>
>;
const rng = new Rng('mobilenet');

/** After 52 layers of single precision. */
const expectAlike = (actual: tf.Tensor, expected: readonly number[]) =>
  expectRelative(actual, expected, 1e-4);

describe.each([
  ['running', 'mobilenet-small.h5'],
  ['batch', 'mobilenet-small.h5'],
  ['folded', 'mobilenet-folded.npz'],
] as const)(
  'mobilenet-v2, %s moments, with the weights of %s, against Keras in float64',
  (batchNorm, file) => {
    const expected: Outcome = oracle[batchNorm === 'batch' ? 'batch' : 'running'];
    let backbone: PublishedBackbone;
    let images: tf.Tensor4D;
    beforeAll(async () => {
      const options = { ...oracle.options, batchNorm };
      backbone = await createBackbone('mobilenet-v2', { options, weights: fixture(file), rng });
      images = tf.tensor4d(oracle.images.data, oracle.images.shape);
    });
    afterAll(() => {
      images.dispose();
      disposeParameters(backbone.parameters);
    });

    itTrains('has its features, gradients and moments', () => {
      tf.tidy(() => {
        const parameters = trainableParameters(backbone.parameters, '/');
        const { grads } = tf.variableGrads(() => {
          const { pooled, tokens } = backbone.features(images, { training: true });
          expectAlike(pooled, expected.pooled);
          expectAlike(tokens!, expected.tokens);
          const weighted = tf.mul(tokens!, tf.tensor(oracle.weight, tokens!.shape));
          return tf.add(tf.sum(weighted), tf.sum(tf.square(pooled)));
        }, [...parameters.values()]);
        // A folded kernel includes the factors of its normalisation: it is not the one that Keras differentiates by.
        if (batchNorm === 'folded') return;
        for (const [name, values] of Object.entries(expected.gradients)) {
          expectAlike(grads[parameters.get(name)!.name]!, values);
        }
      });
      if (batchNorm !== 'batch') return;
      for (const [name, values] of Object.entries(oracle.batch.moved)) {
        expectAlike(flattenParameters(backbone.parameters, '/').get(name)!, values);
      }
    });

    it('leaks no tensor', async () => {
      const work = () => tf.dispose({ ...backbone.features(images, { training: true }) });
      expect(await leakedTensors(work)).toBe(0);
    });

    it('uses the running moments outside training', () => {
      tf.tidy(() => {
        const one = backbone.features(tf.slice(images, 0, [1, 33, 33, 3]), INFERENCE).pooled;
        const all = backbone.features(images, INFERENCE).pooled;
        expectAlike(one, [...tf.slice(all, 0, [1, backbone.width]).dataSync()]);
      });
    });
  },
);

it.each(Object.keys(keys))('has the names and shapes of Keras with the multiplier %s', async (multiplier) => {
  const options = { multiplier: Number(multiplier) };
  const backbone = await createBackbone('mobilenet-v2', { options, rng });
  const shapes = [...flattenParameters(backbone.parameters, '/')].map(([key, variable]) => {
    return [key, backbone.checkpoint.layout(key, variable).shape] as const;
  });
  const wanted = Object.entries(keys[multiplier]!).filter(([key]) => !backbone.checkpoint.ignored.test(key));
  expect(new Map(shapes)).toEqual(new Map(wanted));
  disposeParameters(backbone.parameters);
});

it('centres pixels as each kind of weights was trained', async () => {
  for (const [batchNorm, mean] of [
    ['folded', 127 / 255],
    ['running', 0.5],
  ] as const) {
    // prettier-ignore
    const { preprocessing, parameters } = await createBackbone('mobilenet-v2', {
      options: { ...oracle.options, batchNorm },
      rng,
    });
    expect(preprocessing).toEqual({
      size: 33,
      interpolation: 'bilinear',
      mean: [mean, mean, mean],
      std: [0.5, 0.5, 0.5],
    });
    disposeParameters(parameters);
  }
});

it('refuses images of another size', async () => {
  const backbone = await createBackbone('mobilenet-v2', { options: oracle.options, rng });
  expect(() => backbone.features(tf.zeros([1, 32, 32, 3]), INFERENCE)).toThrow(
    'MobileNetV2.features: expected images [n, 33, 33, 3], but got [1, 32, 32, 3].',
  );
  disposeParameters(backbone.parameters);
});
