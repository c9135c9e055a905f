import { describe, expect, it } from '@jest/globals';
import { tf } from '../tf.js';
import { gelu, quickGelu } from './gelu.js';

describe.each([
  ['gelu', gelu],
  ['quickGelu', quickGelu],
])('%s', (_, activation) => {
  it('is 0 with slope 1/2 at 0, the identity far right and 0 far left, with finite gradients', () => {
    const x = tf.tensor1d([0, 100, -100]);
    const y = [...activation(x).dataSync()].map((value) => value + 0); // -0 is 0 here.
    expect(y).toEqual([0, 100, 0]);
    const gradient = [
      ...tf
        .grad((x) => tf.sum(activation(x)))(x)
        .dataSync(),
    ].map((value) => value + 0);
    expect(gradient).toEqual([0.5, 1, 0]);
  });
});
