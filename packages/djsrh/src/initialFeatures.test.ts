import { describe, expect, it } from '@jest/globals';
import { disposeParameters, flattenParameters, INFERENCE, Rng, tf, trainableParameters } from '@hash/core';
import { expectClose, fakeBackbone, leakedTensors, parameterValues } from '@hash/core/testing';
import { initialFeatures } from './initialFeatures.js';

const images = tf.randomNormal<tf.Rank.R4>([3, 8, 8, 3], 0, 1, 'float32', 5);

function change(parameters: ReturnType<typeof fakeBackbone>['parameters']): void {
  for (const variable of flattenParameters(parameters).values()) variable.assign(tf.add(variable, 1));
}

describe('initialFeatures', () => {
  it('computes by the parameters of the start, and leaves those that training has made', () => {
    const backbone = fakeBackbone(new Rng(1));
    const initial = initialFeatures(backbone);
    const before = backbone.features(images, INFERENCE).pooled.arraySync();
    change(backbone.parameters);
    const trained = parameterValues(backbone);
    expectClose(initial.features(images), before);
    expect(parameterValues(backbone)).toEqual(trained);
    const now = backbone.features(images, INFERENCE).pooled;
    expect(tf.max(tf.abs(tf.sub(now, initial.features(images)))).dataSync()[0]).toBeGreaterThan(0.1);
  });

  it('passes no gradient, and does not disturb that of the backbone', () => {
    const backbone = fakeBackbone(new Rng(1));
    const initial = initialFeatures(backbone);
    change(backbone.parameters);
    const variables = [...trainableParameters(backbone.parameters).values()];
    const gradients = (loss: () => tf.Scalar) =>
      Object.values(tf.variableGrads(loss, variables).grads).map((gradient) => gradient.arraySync());
    const features = () => tf.square(backbone.features(images, INFERENCE).pooled);
    const alone = gradients(() => tf.sum(features()));
    const both = gradients(() => tf.add(tf.sum(initial.features(images)), tf.sum(features())));
    expect(both).toEqual(alone);
  });

  it('puts the parameters back where the backbone fails', () => {
    const backbone = fakeBackbone(new Rng(1));
    const initial = initialFeatures(backbone);
    change(backbone.parameters);
    const trained = parameterValues(backbone);
    expect(() => initial.features(tf.zeros([1, 8, 8, 2]))).toThrow();
    expect(parameterValues(backbone)).toEqual(trained);
  });

  it('leaves no tensor behind', async () => {
    const work = () => {
      const backbone = fakeBackbone(new Rng(1));
      const initial = initialFeatures(backbone);
      tf.tidy(() => change(backbone.parameters));
      initial.features(images).dispose();
      initial.dispose();
      disposeParameters(backbone.parameters);
    };
    expect(await leakedTensors(work)).toBe(0);
  });
});
