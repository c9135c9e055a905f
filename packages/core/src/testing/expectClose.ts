import type { tf } from '../tf.js';

/** Numbers in arrays of any depth, as oracles are stored. */
export type Nested = number | readonly Nested[];

/** |actual - expected| <= absolute + relative |expected| */
export interface Tolerance {
  readonly absolute?: number;
  readonly relative?: number;
}

/**
 * Fails unless the tensor has the shape and, within float32's error, the values of an oracle.
 *
 * @param tolerance  by default 1e-5 absolute and relative
 * @throws Error  that names the place of the worst value, both values and their difference
 */
export function expectClose(actual: tf.Tensor, expected: Nested, tolerance: Tolerance = {}): void {
  const shape = shapeOf(expected);
  if (String(actual.shape) !== String(shape)) {
    throw new Error(`expected a tensor of shape [${shape}], but got [${actual.shape}].`);
  }
  const { absolute = 1e-5, relative = 1e-5 } = tolerance;
  const values = actual.dataSync();
  const wanted = flatten(expected);
  let worst = { excess: 0, at: -1 };
  wanted.forEach((value, at) => {
    const difference = Math.abs(values[at]! - value);
    const excess = Number.isNaN(difference) ? Infinity : difference - absolute - relative * Math.abs(value);
    if (excess > worst.excess) worst = { excess, at };
  });
  if (worst.at < 0) return;
  throw new Error(
    `at [${place(worst.at, shape)}] expected ${wanted[worst.at]}, but got ${values[worst.at]} ` +
      `(difference ${Math.abs(values[worst.at]! - wanted[worst.at]!)}, allowed ${absolute} + ${relative} |expected|).`,
  );
}

function flatten(values: Nested): number[] {
  return typeof values === 'number' ? [values] : values.flatMap((value) => flatten(value));
}

function shapeOf(values: Nested): number[] {
  return typeof values === 'number' ? [] : [values.length, ...(values.length > 0 ? shapeOf(values[0]!) : [])];
}

function place(at: number, shape: readonly number[]): string {
  const indices = shape.map(() => 0);
  for (let axis = shape.length - 1; axis >= 0; axis--) {
    indices[axis] = at % shape[axis]!;
    at = Math.floor(at / shape[axis]!);
  }
  return indices.join(', ');
}
