import { describe, expect, it } from '@jest/globals';
import { expectClose } from '../testing/expectClose.js';
import { leakedTensors } from '../testing/leakedTensors.js';
import { tf } from '../tf.js';
import { detached } from './detached.js';

describe('detached', () => {
  it('has the value, but no gradient', () => {
    const f = (x: tf.Tensor) =>
      tf.mul(
        x,
        detached(() => tf.square(x)),
      );
    const { value, grad } = tf.valueAndGrad(f)(tf.scalar(3));
    expectClose(value, 27);
    expectClose(grad, 9);
  });

  it('takes operations that have no gradient', () => {
    const largest = (x: tf.Tensor) => detached(() => tf.topk(x, 1).indices.toFloat());
    const gradient = tf.grad((x) => tf.sum(tf.mul(x, largest(x))))(tf.tensor1d([1, 5, 2]));
    expectClose(gradient, [1, 1, 1]);
  });

  it('leaves no tensor behind', async () => {
    const x = tf.tensor1d([1, 2]);
    const work = () => tf.grad((y) => tf.mul(y, detached(() => tf.square(y))))(x).dispose(); // prettier-ignore
    expect(await leakedTensors(work)).toBe(0);
  });
});
