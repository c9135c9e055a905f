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
interface Case {
  readonly options: { readonly size: number; readonly blocks: number[]; readonly width: number };
  readonly weight: number[];
  readonly running: Outcome;
  readonly batch: Outcome & { readonly moved: Readonly<Record<string, number[]>> };
}
interface Oracle {
  readonly images: { readonly shape: [number, number, number, number]; readonly data: number[] };
  readonly resnet18: Case;
  readonly resnet50: Case;
}
type Keys = Readonly<Record<'resnet18' | 'resnet34' | 'resnet50', Record<string, number[]>>>;

const fixture = (name: string): string => fileURLToPath(new URL(`../../fixtures/${name}`, import.meta.url));
const oracle = JSON.parse(readFileSync(fixture('resnet.json'), 'utf8')) as Oracle;
const keys = JSON.parse(readFileSync(fixture('resnet-keys.json'), 'utf8')) as Keys;
const rng = new Rng('resnet');

/** The published order of a parameter's elements. */
function published(backbone: PublishedBackbone, name: string, value: tf.Tensor): tf.Tensor {
  const { axes } = backbone.checkpoint.layout(name, value as tf.Variable);
  return axes ? tf.transpose(value, axes.map((_, axis) => axes.indexOf(axis))) : value; // prettier-ignore
}

describe.each([
  ['resnet18', 'resnet-basic.pth', 'running'],
  ['resnet18', 'resnet-basic.pth', 'batch'],
  ['resnet50', 'resnet-bottleneck.pth', 'running'],
  ['resnet50', 'resnet-bottleneck.pth', 'batch'],
] as const)(
  '%s with the weights of %s, against torchvision in float64: %s moments',
  (name, file, batchNorm) => {
    const stored = oracle[name];
    const expected = stored[batchNorm];
    let backbone: PublishedBackbone;
    let images: tf.Tensor4D;
    beforeAll(async () => {
      const options = { ...stored.options, batchNorm };
      backbone = await createBackbone(name, { options, weights: fixture(file), rng });
      images = tf.tensor4d(oracle.images.data, oracle.images.shape);
    });
    afterAll(() => {
      images.dispose();
      disposeParameters(backbone.parameters);
    });

    itTrains('has its features, gradients and moments', () => {
      tf.tidy(() => {
        const parameters = trainableParameters(backbone.parameters, '.');
        const { grads } = tf.variableGrads(() => {
          const { pooled, tokens } = backbone.features(images, { training: true });
          expectRelative(pooled, expected.pooled);
          expectRelative(tokens!, expected.tokens);
          const weighted = tf.mul(tokens!, tf.tensor(stored.weight, tokens!.shape));
          return tf.add(tf.sum(weighted), tf.sum(tf.square(pooled)));
        }, [...parameters.values()]);
        for (const [parameter, values] of Object.entries(expected.gradients)) {
          const gradient = grads[parameters.get(parameter)!.name]!;
          expectRelative(published(backbone, parameter, gradient), values);
        }
      });
      if ('moved' in expected) {
        for (const [moment, values] of Object.entries(expected.moved)) {
          expectRelative(flattenParameters(backbone.parameters, '.').get(moment)!, values);
        }
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
        expectRelative(one, [...tf.slice(all, 0, [1, backbone.width]).dataSync()]);
      });
    });
  },
);

describe.each(Object.entries(keys))('%s', (name, published) => {
  it('has the names and shapes of torchvision, here with a sixteenth of the channels', async () => {
    const backbone = await createBackbone(name, { options: { width: 4 }, rng });
    const shapes = [...flattenParameters(backbone.parameters, '.')].map(([key, variable]) => {
      return [key, backbone.checkpoint.layout(key, variable).shape] as const;
    });
    const wanted = Object.entries(published)
      .filter(([key]) => !backbone.checkpoint.ignored.test(key))
      .map(([key, shape]) => [key, shape.map((size) => (size >= 64 ? size / 16 : size))] as const);
    expect(new Map(shapes)).toEqual(new Map(wanted));
    expect(backbone.width).toBe(published['fc.weight']![1]! / 16);
    disposeParameters(backbone.parameters);
  });
});

it('refuses images of another size', async () => {
  const backbone = await createBackbone('resnet18', { options: { size: 64, width: 2 }, rng });
  expect(() => backbone.features(tf.zeros([1, 32, 32, 3]), INFERENCE)).toThrow(
    'ResNet.features: expected images [n, 64, 64, 3], but got [1, 32, 32, 3].',
  );
  disposeParameters(backbone.parameters);
});
