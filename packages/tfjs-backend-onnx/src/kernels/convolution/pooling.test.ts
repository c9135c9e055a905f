import { describe, it } from '@jest/globals';
import * as tf from '@tensorflow/tfjs';
import { expectSameOnCpu, noise } from '../../testing/onBothBackends.js';

const cases = [
  { window: 2, stride: 2, pad: 'valid' },
  { window: 3, stride: 2, pad: 'same' },
  { window: 3, stride: 1, pad: 'same' },
  { window: 3, stride: 2, pad: 1 },
  { window: 7, stride: 1, pad: 'valid' },
] as const;

describe.each(cases)('pooling %j', ({ window, stride, pad }) => {
  const gradient = (pool: (x: tf.Tensor4D) => tf.Tensor, x: tf.Tensor): tf.Tensor[] => {
    const loss = (x: tf.Tensor): tf.Scalar => {
      const y = pool(x as tf.Tensor4D);
      return tf.sum(tf.mul(y, noise(y.shape, 2)));
    };
    return [pool(x as tf.Tensor4D), tf.grad(loss)(x)];
  };

  it('takes the greatest', () =>
    expectSameOnCpu(() => gradient((x) => tf.maxPool(x, window, stride, pad), noise([2, 7, 8, 3]))));

  it('gives the whole gradient to the first of equals', () =>
    expectSameOnCpu(() =>
      gradient((x) => tf.maxPool(x, window, stride, pad), tf.relu(tf.round(noise([2, 7, 8, 3])))),
    ));

  it('averages', () =>
    expectSameOnCpu(() => gradient((x) => tf.avgPool(x, window, stride, pad), noise([2, 7, 8, 3]))));
});
