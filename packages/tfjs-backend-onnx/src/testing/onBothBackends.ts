import { expect } from '@jest/globals';
import * as tf from '@tensorflow/tfjs';
import { registerOnnxBackend } from '../registerOnnxBackend.js';

/** Numbers that look random and are the same each time, in (-1, 1). */
export function noise(shape: number[], seed = 1): tf.Tensor {
  const values = Float32Array.from({ length: tf.util.sizeFromShape(shape) }, (_, i) =>
    Math.sin((i + 1) * 12.9898 + seed * 78.233),
  );
  return tf.tensor(values, shape);
}

/**
 * Expects the same results, within `tolerance` of their greatest magnitude, from this backend and from TensorFlow.js's
 * JavaScript one, no fallback but those named, and no tensor left behind.
 */
export async function expectSameOnCpu(
  compute: () => tf.Tensor | tf.Tensor[],
  { tolerance = 1e-5 }: { tolerance?: number } = {},
): Promise<void> {
  const expected = await resultsOn('cpu', compute);
  const before = tf.memory().numTensors;
  const results = await resultsOn(registerOnnxBackend({ threads: 1 }), compute);
  expect(tf.memory().numTensors).toBe(before);
  expect(results.map(({ shape, dtype }) => ({ shape, dtype }))).toEqual(
    expected.map(({ shape, dtype }) => ({ shape, dtype })),
  );
  results.forEach(({ values }, i) => {
    const wanted = expected[i]?.values as number[];
    const scale = Math.max(1, ...wanted.map(Math.abs).filter(Number.isFinite));
    values.forEach((value, j) => {
      const error = Object.is(value, wanted[j]) ? 0 : Math.abs(value - (wanted[j] as number)) / scale;
      if (!(error <= tolerance))
        throw new Error(`result ${i}, element ${j}: expected ${wanted[j]}, but got ${value}.`);
    });
  });
}

interface Result {
  readonly shape: number[];
  readonly dtype: string;
  readonly values: number[];
}

async function resultsOn(backend: string, compute: () => tf.Tensor | tf.Tensor[]): Promise<Result[]> {
  tf.env().set('PROD', true); // The cpu backend advises in its own cause otherwise.
  await tf.setBackend(backend);
  return tf.tidy(() => {
    // What is still alive when somebody reads becomes a result of the graph too.
    const computed = tf.tidy(compute);
    const tensors = Array.isArray(computed) ? computed : [computed];
    return tensors.map((tensor) => ({
      shape: tensor.shape,
      dtype: tensor.dtype,
      values: [...(tensor.dataSync() as Float32Array)],
    }));
  });
}
