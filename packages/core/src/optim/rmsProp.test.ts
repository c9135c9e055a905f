import { expect, it } from '@jest/globals';
import { tf } from '../tf.js';
import { rmsProp } from './rmsProp.js';

it('has epsilon outside the root: a tiny gradient moves almost as far as a large one', () => {
  const w = tf.variable(tf.tensor1d([0, 0]));
  const optimizer = rmsProp([{ parameters: new Map([['w', w]]), learningRate: 1e-4 }]);
  optimizer.step(new Map([['w', tf.tensor1d([1e-6, 1e-4])]]), [1e-4]);
  const [tiny, small] = w.dataSync();
  expect(tiny).toBeCloseTo(-0.000909090909, 9);
  expect(small).toBeCloseTo(-0.000999000999, 9);
});
