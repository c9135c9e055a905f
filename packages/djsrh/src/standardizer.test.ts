import { describe, expect, it } from '@jest/globals';
import { disposeParameters, tf } from '@hash/core';
import { expectClose, leakedTensors } from '@hash/core/testing';
import { Standardizer } from './standardizer.js';

async function* batches(...rows: number[][][]): AsyncGenerator<tf.Tensor2D> {
  for (const batch of rows) {
    await Promise.resolve();
    yield tf.tensor2d(batch);
  }
}

describe('Standardizer', () => {
  it('is the identity before it has measured', () => {
    expectClose(new Standardizer(2).apply(tf.tensor2d([[3, -1]])), [[3, -1]]);
  });

  it('shifts and scales by mean and deviation, and only shifts what never changes', async () => {
    const standardizer = new Standardizer(3);
    // Deviations of a sample: of 1, 2, 6 it is √7; of 1e6 and its neighbours 1.
    await standardizer.measure(
      batches(
        [[1, 5, 1e6 - 1]],
        [
          [2, 5, 1e6],
          [6, 5, 1e6 + 1],
        ],
      ),
    );
    expectClose(standardizer.apply(tf.tensor2d([[3 + Math.sqrt(7), 7, 1e6 + 2]])), [[1, 2, 2]]);
  });

  it('takes one item', async () => {
    const standardizer = new Standardizer(2);
    await standardizer.measure(batches([[4, 5]]));
    expectClose(standardizer.apply(tf.tensor2d([[5, 5]])), [[1, 0]]);
  });

  it('refuses to measure nothing', async () => {
    await expect(new Standardizer(2).measure(batches())).rejects.toThrow(
      'Standardizer.measure: expected features, but got none.',
    );
  });

  it('leaves no tensor behind, and has nothing to learn', async () => {
    const work = async () => {
      const standardizer = new Standardizer(2);
      await standardizer.measure(batches([[1, 2]], [[3, 4]]));
      const { mean, deviation } = standardizer.parameters as Record<string, tf.Variable>;
      expect([mean!.trainable, deviation!.trainable]).toEqual([false, false]);
      disposeParameters(standardizer.parameters);
    };
    expect(await leakedTensors(work)).toBe(0);
  });
});
