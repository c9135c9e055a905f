import { expect, it } from '@jest/globals';
import { tf } from '../tf.js';
import { straightThroughSign } from './straightThroughSign.js';

// u, sign(tanh(u)) and 1 - tanh²(u), from the definition in float64.
const logits = [-2, -0.5, 0, 0.3, 4];
const signs = [-1, -1, 0, 1, 1];
const slopes = [0.070650824853, 0.786447732966, 1, 0.915136961827, 0.001340950683];

it('is the sign forwards and the identity backwards', () => {
  const u = tf.tensor1d(logits);
  const code = (u: tf.Tensor) => straightThroughSign(tf.tanh(u));
  expect([...code(u).dataSync()]).toEqual(signs);
  const gradient = tf
    .grad((u) => tf.sum(code(u)))(u)
    .dataSync();
  slopes.forEach((slope, i) => expect(gradient[i]).toBeCloseTo(slope, 6));
});

it('leaks no tensor', () => {
  const u = tf.tensor1d(logits);
  const before = tf.memory().numTensors;
  tf.grad((u) => tf.sum(straightThroughSign(u)))(u).dispose();
  expect(tf.memory().numTensors).toBe(before);
});
