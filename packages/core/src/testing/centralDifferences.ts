import { tf } from '../tf.js';

/**
 * The gradient of a scalar function by central differences, as an oracle for the analytic one.
 *
 * Tensors are float32, so the difference of two values f loses digits: an error near 1e-7 |f| / step is to be expected.
 *
 * @param x  where, any shape
 * @returns values in the order of x's elements
 */
export function centralDifferences(f: (x: tf.Tensor) => tf.Scalar, x: tf.Tensor, step = 1e-2): number[] {
  const values = x.dataSync();
  const at = (i: number, value: number): number =>
    tf.tidy(() => {
      const moved = Float32Array.from(values);
      moved[i] = value;
      return f(tf.tensor(moved, x.shape)).dataSync()[0]!;
    });
  return Array.from(values, (value, i) => (at(i, value + step) - at(i, value - step)) / (2 * step));
}
