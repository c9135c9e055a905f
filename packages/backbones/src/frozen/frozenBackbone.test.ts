import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { disposeParameters, INFERENCE, Rng, tf, type Backbone } from '@hash/core';
import { fakeBackbone, leakedTensors } from '@hash/core/testing';
import { featureBackbone, frozenBackbone } from './frozenBackbone.js';
import { packFeatures } from './packedFeatures.js';

let backbone: Backbone;
let images: tf.Tensor4D;
beforeAll(() => {
  backbone = fakeBackbone(new Rng('frozen'));
  images = tf.randomNormal([2, 8, 8, 3], 0, 1, 'float32', 7);
});
afterAll(() => {
  images.dispose();
  disposeParameters(backbone.parameters);
});

const values = ({ pooled, tokens }: ReturnType<Backbone['features']>) => [
  pooled.arraySync(),
  tokens?.arraySync(),
];

it('computes as the backbone, without parameters and without gradients', async () => {
  const frozen = frozenBackbone(backbone);
  expect(frozen).toMatchObject({
    name: 'fake',
    width: 6,
    preprocessing: backbone.preprocessing,
    parameters: {},
  });
  tf.tidy(() => {
    const pass = { training: true };
    expect(values(frozen.features(images, pass))).toEqual(values(backbone.features(images, INFERENCE)));
    const head = tf.variable(tf.ones([6, 1]));
    const { grads } = tf.variableGrads(() => tf.sum(tf.matMul(frozen.features(images, pass).pooled, head)));
    const [kernel] = Object.values(grads).filter((gradient) => gradient !== null && gradient.size === 6);
    expect(kernel!.flatten().arraySync()).toEqual(
      tf.sum(backbone.features(images, INFERENCE).pooled, 0).arraySync(),
    );
    head.dispose();
  });
  expect(await leakedTensors(() => tf.dispose({ ...frozen.features(images, INFERENCE) }))).toBe(0);
});

it.each([true, false])('takes features for images, places %s', (places) => {
  tf.tidy(() => {
    const features = backbone.features(images, INFERENCE);
    const packed = packFeatures(features, places);
    const [n, vectors, width] = packed.shape;
    const taken = featureBackbone(backbone).features(tf.reshape(packed, [n, vectors, 1, width]), INFERENCE);
    expect(values(taken)).toEqual(values(places ? features : { pooled: features.pooled }));
  });
});

it('takes nothing else', () => {
  expect(() => featureBackbone(backbone).features(images, INFERENCE)).toThrow(
    'featureBackbone: expected features [n, 1 + places, 1, 6], but got [2, 8, 8, 3].',
  );
});
