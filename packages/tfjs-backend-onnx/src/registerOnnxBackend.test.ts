import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import * as tf from '@tensorflow/tfjs';
import { expectSameOnCpu, noise } from './testing/onBothBackends.js';
import { onnxStatistics, registerOnnxBackend } from './registerOnnxBackend.js';

beforeAll(async () => {
  await tf.setBackend(registerOnnxBackend({ threads: 1 }));
});

afterAll(() => tf.removeBackend('onnxruntime'));

describe('registerOnnxBackend', () => {
  it('may be called again', () => {
    const before = tf.backend();
    expect(registerOnnxBackend()).toBe('onnxruntime');
    expect(tf.backend()).toBe(before);
  });

  it('computes a recorded graph when somebody reads', () => {
    const sum = tf.tidy(() => tf.add([1, 2], [3, 4]).mul(2));
    expect(onnxStatistics()?.runs).toBe(0);
    expect([...sum.dataSync()]).toEqual([8, 12]);
    expect(onnxStatistics()?.runs).toBe(1);
    sum.dispose();
  });

  it('lists the kernels that ran in JavaScript', () => {
    tf.tidy(() => tf.cumprod([1, 2]).dataSync());
    expect(onnxStatistics()?.fallbacks).toEqual({ Cumprod: 1 });
  });
});

describe('training', () => {
  it('has the gradients of the cpu backend', () =>
    expectSameOnCpu(() => {
      const x = noise([5, 6]) as tf.Tensor2D;
      const loss = (...[first, second]: tf.Tensor[]): tf.Scalar => {
        const hidden = tf.tanh(tf.matMul(x, first as tf.Tensor2D));
        return tf.mean(tf.square(tf.softmax(tf.matMul(hidden, second as tf.Tensor2D)).sub(0.2)));
      };
      return tf.grads(loss)([noise([6, 8], 2), noise([8, 3], 3)]);
    }));
});
