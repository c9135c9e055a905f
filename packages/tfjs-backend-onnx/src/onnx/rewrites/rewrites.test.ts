import { describe, expect, it } from '@jest/globals';
import * as tf from '@tensorflow/tfjs';
import { compiledOps } from '../../testing/compiledOps.js';
import { expectSameOnCpu, noise } from '../../testing/onBothBackends.js';

const gelu = (x: tf.Tensor): tf.Tensor =>
  tf.mul(x, tf.add(tf.mul(tf.erf(tf.mul(x, Math.SQRT1_2)), 0.5), 0.5));

function standardize(x: tf.Tensor): { normal: tf.Tensor; inverse: tf.Tensor } {
  const { mean, variance } = tf.moments(x, -1, true);
  const inverse = tf.rsqrt(tf.add(variance, 1e-5));
  return { normal: tf.mul(tf.sub(x, mean), inverse), inverse };
}

const linear = (): tf.Tensor =>
  tf.add(tf.matMul(noise([4, 3]) as tf.Tensor2D, noise([3, 5], 2) as tf.Tensor2D), noise([5], 3));

const layerNorm = (): tf.Tensor =>
  tf.add(tf.mul(standardize(noise([2, 3, 8])).normal, noise([8], 2)), noise([8], 3));

const cases: [string, () => tf.Tensor | tf.Tensor[], string[]][] = [
  ['a bias goes into the matrix product', linear, ['Gemm']],
  [
    'a bias of another shape stays outside',
    () => tf.add(tf.matMul(noise([4, 3]) as tf.Tensor2D, noise([3, 5], 2) as tf.Tensor2D), noise([4, 1], 3)),
    ['Gemm', 'Add'],
  ],
  [
    'a product that is read elsewhere too keeps its bias outside',
    () => {
      const product = tf.matMul(noise([4, 3]), noise([3, 5], 2));
      return [product, tf.add(product, noise([5], 3))];
    },
    ['Gemm', 'Add'],
  ],
  ['layer normalisation with scale and shift is one node', layerNorm, ['LayerNormalization']],
  [
    'the statistics of layer normalisation remain at hand',
    () => Object.values(standardize(noise([2, 3, 8]))),
    ['LayerNormalization'],
  ],
  ['gelu is one node', () => gelu(noise([3, 7])), ['Gelu']],
  [
    'the gradient of gelu keeps the normal distribution function',
    () => {
      const x = noise([3, 7]);
      const below = tf.add(tf.mul(tf.erf(tf.mul(x, Math.SQRT1_2)), 0.5), 0.5);
      return [below, tf.mul(x, below)];
    },
    ['Mul', 'Erf', 'HardSigmoid', 'Mul'],
  ],
];

describe.each(cases)('%s', (_, compute, ops) => {
  it('is compiled so, and computes the same', async () => {
    await expectSameOnCpu(compute);
    expect(compiledOps()).toEqual(ops);
  });
});
