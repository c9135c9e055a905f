import { describe, expect, it } from '@jest/globals';
import { flattenParameters, INFERENCE, initializers, Rng, tf } from '@hash/core';
import { leakedTensors } from '@hash/core/testing';
import { createBackbone } from '../catalogue/createBackbone.js';
import { ConvStem } from './convStem.js';

const stem = (patch = 8) => new ConvStem({ patch, width: 12, rng: new Rng(0) });
const images = () => initializers.normal(1)([2, 16, 16, 3], new Rng(1)) as tf.Tensor4D;

describe('ConvStem', () => {
  it('halves the grid and doubles the width as often as the patch asks for', () => {
    expect(stem().apply(images(), INFERENCE).shape).toEqual([2, 4, 12]);
    const shapes = [...flattenParameters(stem().parameters)]
      .filter(([name]) => /conv.weight|kernel/.test(name))
      .map(([, { shape }]) => shape.join('x'));
    expect(shapes).toEqual(['3x3x3x3', '3x3x3x6', '3x3x6x12', '1x1x12x12']);
  });

  it('lists the places row by row, each seeing what is near it', () => {
    const plain = tf.zeros<tf.Rank.R4>([1, 32, 32, 3]);
    const spot = tf.pad(tf.ones<tf.Rank.R4>([1, 4, 4, 3]), [[0, 0], [2, 26], [26, 2], [0, 0]]); // prettier-ignore
    const changes = tf.sub(stem().apply(spot, INFERENCE), stem().apply(plain, INFERENCE));
    const changed = tf.sum(tf.abs(changes), 2).dataSync(); // [4 * 4]
    expect(changed[3]).toBeGreaterThan(1e-3); // the last place of the first row
    expect(changed[12]).toBe(0); // the first place of the last row
  });

  it('passes finite gradients to every parameter while training', () => {
    const module = stem();
    const x = images();
    const { grads } = tf.variableGrads(() => tf.mean(tf.square(module.apply(x, { training: true }))));
    expect(Object.keys(grads)).toHaveLength(3 * 3 + 2);
    for (const gradient of Object.values(grads)) {
      expect(gradient.dataSync().every(Number.isFinite)).toBe(true);
    }
  });

  it('leaves no tensor behind', async () => {
    const module = stem();
    const x = images();
    expect(await leakedTensors(() => tf.dispose(module.apply(x, INFERENCE)))).toBe(0);
  });

  it('refuses a patch that halving does not give', () => {
    expect(() => stem(6)).toThrow('ConvStem: expected patch to be a power of 2, but got 6.');
  });

  it('is an option of the catalogue', async () => {
    const options = { stem: 'conv', patch: 8, width: 12, depth: 1, heads: 2, mlpWidth: 8 };
    const vit = await createBackbone('vit-mini', { options, rng: new Rng(0) });
    const x = tf.zeros<tf.Rank.R4>([1, 32, 32, 3]);
    expect(vit.features(x, INFERENCE).tokens!.shape).toEqual([1, 16, 12]);
  });
});
