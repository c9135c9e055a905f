import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from '@jest/globals';
import { disposeParameters, flattenParameters, INFERENCE, Rng, tf, trainableParameters } from '@hash/core';
import { leakedTensors } from '@hash/core/testing';
import { createBackbone } from '../catalogue/createBackbone.js';
import type { PublishedBackbone } from '../weights/checkpointFormat.js';
import { expectRelative } from '../layers/expectRelative.testing.js';
import { itTrains } from '../layers/itTrains.testing.js';

interface Case {
  readonly options: { readonly size: number; readonly multiplier: number; readonly width: number };
  readonly weight: number[];
  readonly pooled: number[];
  readonly gradients: Readonly<Record<string, number[]>>;
}

const fixture = (name: string): string => fileURLToPath(new URL(`../../fixtures/${name}`, import.meta.url));
const read = (name: string): unknown => JSON.parse(readFileSync(fixture(name), 'utf8'));
const oracle = read('convnet.json') as Readonly<Record<'alexnet' | 'vgg16', Case>>;
const keys = read('convnet-keys.json') as Readonly<Record<string, Record<string, number[]>>>;
const rng = new Rng('convnet');

/** As `tools/oracles/convnet.py` has them. */
function pixels(size: number): tf.Tensor4D {
  const values = Float32Array.from(
    { length: 2 * size * size * 3 },
    (_, i) => (((Math.floor((i * i) / 7) + i * 7919) % 17) - 8) / 8,
  );
  return tf.tensor4d(values, [2, size, size, 3]);
}

/** The published order of a parameter's elements. */
function published(backbone: PublishedBackbone, name: string, value: tf.Tensor): tf.Tensor {
  const { axes } = backbone.checkpoint.layout(name, value as tf.Variable);
  return axes ? tf.transpose(value, axes.map((_, axis) => axes.indexOf(axis))) : value; // prettier-ignore
}

describe.each(['alexnet', 'vgg16'] as const)('%s against torchvision in float64', (name) => {
  const expected = oracle[name];
  const load = (options = {}) =>
    createBackbone(name, {
      options: { ...expected.options, ...options },
      weights: fixture(`convnet-${name}.pth`),
      rng,
    });

  itTrains('has its features and gradients', async () => {
    const backbone = await load();
    tf.tidy(() => {
      const images = pixels(expected.options.size);
      const parameters = trainableParameters(backbone.parameters, '.');
      const { grads } = tf.variableGrads(() => {
        const { pooled, tokens } = backbone.features(images, { training: true });
        expect(tokens).toBeUndefined();
        expectRelative(pooled, expected.pooled);
        const weighted = tf.mul(pooled, tf.tensor(expected.weight, pooled.shape));
        return tf.add(tf.sum(weighted), tf.sum(tf.square(pooled)));
      }, [...parameters.values()]);
      for (const [parameter, values] of Object.entries(expected.gradients)) {
        const gradient = grads[parameters.get(parameter)!.name]!;
        expectRelative(published(backbone, parameter, gradient), values);
      }
    });
    disposeParameters(backbone.parameters);
  });

  it('drops while it trains, and only then', async () => {
    const backbone = await load({ dropout: 0.5 });
    tf.tidy(() => {
      const images = pixels(expected.options.size);
      const train = (seed: number) =>
        backbone.features(images, { training: true, rng: new Rng(seed) }).pooled.arraySync();
      expectRelative(backbone.features(images, INFERENCE).pooled, expected.pooled);
      expect(train(1)).toEqual(train(1));
      expect(train(1)).not.toEqual(train(2));
    });
    disposeParameters(backbone.parameters);
  });

  it('leaks no tensor', async () => {
    const backbone = await load();
    const images = pixels(expected.options.size);
    expect(await leakedTensors(() => backbone.features(images, INFERENCE).pooled.dispose())).toBe(0);
    images.dispose();
    disposeParameters(backbone.parameters);
  });
});

it.each(Object.entries(keys))(
  '%s has the names and shapes of torchvision, with fewer channels',
  async (name, published) => {
    const backbone = await createBackbone(name, { options: { multiplier: 1 / 64, width: 64 }, rng });
    const shapes = [...flattenParameters(backbone.parameters, '.')].map(([key, variable]) => {
      return [key, backbone.checkpoint.layout(key, variable).shape] as const;
    });
    const wanted = Object.entries(published)
      .filter(([key]) => !backbone.checkpoint.ignored.test(key))
      // All channels are multiples of 64, and so are the connected layers; kernels have sides of at most 11.
      .map(([key, shape]) => [key, shape.map((size) => (size >= 64 ? size / 64 : size))] as const);
    expect(new Map(shapes)).toEqual(new Map(wanted));
    disposeParameters(backbone.parameters);
  },
);

it('refuses images of another size', async () => {
  const options = { size: 64, multiplier: 1 / 64, width: 2 };
  const backbone = await createBackbone('alexnet', { options, rng });
  expect(() => backbone.features(tf.zeros([1, 32, 32, 3]), INFERENCE)).toThrow(
    'ConvNet.features: expected images [n, 64, 64, 3], but got [1, 32, 32, 3].',
  );
  disposeParameters(backbone.parameters);
});
