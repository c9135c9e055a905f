import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import * as tf from '@tensorflow/tfjs';
import { OnnxBackend } from '../backend.js';
import { registerKernels } from '../registerKernels.js';
import { loadRuntime } from './runtime.js';

const NAME = 'onnx-overwriting';
registerKernels(NAME);

beforeEach(async () => {
  tf.registerBackend(NAME, () => new OnnxBackend(loadRuntime(), { threads: 1 }));
  await tf.setBackend(NAME);
});
afterEach(() => tf.removeBackend(NAME));

const SIZE = 2 ** 14;

/** Makes a result of the backend's own, in a buffer that may be used again. */
function made(): tf.Tensor {
  const result = tf.tidy(() => tf.add(tf.range(0, SIZE), 1));
  result.dataSync();
  return result;
}

/** The results of a graph that reads `x` last, and what the pool has got of it then: its buffer, unless that is in use. */
function run(compute: (x: tf.Tensor) => tf.Tensor[]): { pooled: number; results: number[][] } {
  const backend = tf.backend() as OnnxBackend;
  const x = made();
  const tensors = tf.tidy(() => compute(x));
  x.dispose();
  backend.flush();
  const pooled = backend.statistics().pooledBytes;
  const results = tensors.map((tensor) => [...tensor.dataSync()].slice(0, 3));
  tf.dispose(tensors);
  return { pooled, results };
}

const BYTES = 4 * SIZE;

/** Work of so many nodes that what follows is far from what they read. */
const far = (x: tf.Tensor): tf.Tensor => tf.abs(tf.exp(tf.sin(tf.cos(tf.sign(x)))));

describe('a result', () => {
  it.each([
    ['the mean that moves', (x) => [tf.add(x, tf.mul(tf.sub(1, x), 0.5))], [[1, 1.5, 2]]],
    ['the parameter that descends', (x) => [tf.sub(x, tf.mul(tf.div(x, tf.sqrt(x)), 0))], [[1, 2, 3]]],
    [
      'what another result depends on too',
      (x) => [tf.add(x, 1), tf.square(tf.add(x, 1))],
      [
        [2, 3, 4],
        [4, 9, 16],
      ],
    ],
  ] as [string, (x: tf.Tensor) => tf.Tensor[], number[][]][])(
    'is written over %s',
    (_, compute, expected) => {
      const { pooled, results } = run(compute);
      expect(results).toEqual(expected);
      expect(pooled).toBe(0);
    },
  );

  it.each([
    [
      'is read elsewhere',
      (x) => [tf.add(x, 1), tf.cumsum(x)],
      [
        [2, 3, 4],
        [1, 3, 6],
      ],
    ],
    [
      'is read by another result',
      (x) => [tf.add(x, 1), tf.mul(x, 2)],
      [
        [2, 3, 4],
        [2, 4, 6],
      ],
    ],
    [
      'goes through other than elementwise work',
      (x) => [tf.add(tf.reverse(x), x)],
      [[SIZE + 1, SIZE + 1, SIZE + 1]],
    ],
    ['is read too close by', (x) => [tf.cumsum(tf.add(x, 1))], [[2, 5, 9]]],
    [
      'is read too close by, but for nodes that ONNX Runtime may leave out',
      (x) => {
        const again = (y: tf.Tensor): tf.Tensor => tf.slice(tf.concat([y, y]), [0], [SIZE]);
        return [tf.cumsum(again(again(tf.add(x, 2))))];
      },
      [[3, 7, 12]],
    ],
    [
      'is read elsewhere through a node that changes nothing',
      (x) => [tf.sub(tf.add(x, 0), 1), tf.cumsum(tf.add(x, 0))],
      [
        [0, 1, 2],
        [1, 3, 6],
      ],
    ],
    [
      'is read later through a view',
      (x) => [
        tf.cumsum(tf.sign(far(tf.reshape(x, [128, 128]))).flatten()),
        tf.cumsum(tf.reshape(x, [128, 128]), 1),
      ],
      [
        [1, 2, 3],
        [1, 3, 6],
      ],
    ],
    ['has another shape', (x) => [tf.add(tf.reshape(x, [SIZE, 1]), tf.ones([1, 2]))], [[2, 2, 3]]],
  ] as [string, (x: tf.Tensor) => tf.Tensor[], number[][]][])(
    'is not written over what %s',
    (_, compute, expected) => {
      const { pooled, results } = run(compute);
      expect(results).toEqual(expected);
      expect(pooled).toBe(BYTES);
    },
  );

  it('is written over what was read long before', () => {
    const { pooled, results } = run((x) => [tf.cumsum(far(x))]);
    expect(results[0]?.[1]).toBeCloseTo(2 * Math.exp(Math.sin(Math.cos(1))), 5);
    expect(pooled).toBe(0);
  });

  it('is not written over what somebody still has', () => {
    const x = made();
    const y = tf.tidy(() => tf.add(x, 1));
    expect([y.dataSync()[0], x.dataSync()[0]]).toEqual([2, 1]);
    tf.dispose([x, y]);
  });
});

describe('a training', () => {
  /** Steps of Adam on a network of three layers, whose sum of squares it lowers; the losses and the last weights. */
  function train(steps: number): number[] {
    const random = (seed: number): tf.Tensor2D => tf.randomNormal([128, 128], 0, 0.1, 'float32', seed);
    const weights = [1, 2, 3].map((seed) => tf.tidy(() => tf.variable(random(seed))));
    const averages = weights.map(() =>
      ['m', 'v'].map(() => tf.tidy(() => tf.variable(tf.zeros([128, 128])))),
    );
    const x = random(4);
    const apply = (): tf.Scalar =>
      tf.mean(tf.square(weights.reduce<tf.Tensor>((y, w) => tf.tanh(tf.matMul(y, w as tf.Tensor2D)), x)));
    const losses: number[] = [];
    for (let step = 0; step < steps; step++) {
      const { value, grads } = tf.tidy(() => tf.variableGrads(apply, weights as tf.Variable[]));
      losses.push(value.dataSync()[0] as number);
      tf.tidy(() => {
        weights.forEach((w, i) => {
          const g = grads[w.name] as tf.Tensor;
          const [m, v] = averages[i] as [tf.Variable, tf.Variable];
          m.assign(tf.add(m, tf.mul(tf.sub(g, m), 0.1)));
          v.assign(tf.add(v, tf.mul(tf.sub(tf.square(g), v), 0.01)));
          w.assign(tf.sub(w, tf.mul(tf.div(m, tf.add(tf.sqrt(v), 0.1)), 0.2)));
        });
      });
      tf.dispose([value, ...Object.values(grads)]);
    }
    const last = weights.flatMap((w) => [...w.dataSync()]);
    tf.dispose([x, ...weights, ...averages.flat()]);
    return [...losses, ...last];
  }

  it('comes out as in JavaScript, which overwrites nothing, and holds no second set of weights', async () => {
    const results = train(8);
    const { pooledBytes } = (tf.backend() as OnnxBackend).statistics();
    // Beside what was in use when it ended: weights, two averages and gradients of three layers.
    expect(pooledBytes).toBeLessThanOrEqual(4 * 3 * 4 * 128 * 128);
    await tf.setBackend('cpu');
    const expected = train(8);
    const errors = results.map((value, i) => Math.abs(value - (expected[i] as number)));
    expect(results).toHaveLength(expected.length);
    expect(Math.max(...errors)).toBeLessThan(1e-5);
  });
});
