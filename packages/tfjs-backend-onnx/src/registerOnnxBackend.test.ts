import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import * as tf from '@tensorflow/tfjs';
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
    tf.tidy(() => tf.atan2([1], [1]).dataSync());
    expect(onnxStatistics()?.fallbacks).toEqual({ Atan2: 1 });
  });
});

describe('training', () => {
  /** A small network's loss and gradients on the backend that is current. */
  async function lossAndGradients(backend: string): Promise<number[][]> {
    await tf.setBackend(backend);
    return tf.tidy(() => {
      const x = tf.randomNormal<tf.Rank.R2>([5, 6], 0, 1, 'float32', 1);
      const first = tf.variable(tf.randomNormal<tf.Rank.R2>([6, 8], 0, 1, 'float32', 2));
      const second = tf.variable(tf.randomNormal<tf.Rank.R2>([8, 3], 0, 1, 'float32', 3));
      const loss = (): tf.Scalar => {
        const hidden = tf.matMul(x, first).tanh();
        return tf.mean(tf.square(tf.softmax(tf.matMul(hidden, second)).sub(0.2)));
      };
      const { value, grads } = tf.variableGrads(loss, [first, second]);
      const results = [value, ...Object.values(grads)].map((tensor) => [...tensor.dataSync()]);
      first.dispose();
      second.dispose();
      return results;
    });
  }

  it('has the gradients of the cpu backend', async () => {
    const before = tf.memory().numTensors;
    const expected = await lossAndGradients('cpu');
    const results = await lossAndGradients('onnxruntime');
    results.forEach((values, i) =>
      values.forEach((value, j) => expect(value).toBeCloseTo(expected[i]?.[j] as number, 5)),
    );
    expect(tf.memory().numTensors).toBe(before);
  });
});
