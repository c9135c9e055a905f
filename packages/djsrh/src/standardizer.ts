import { tf, type Module, type ParameterTree } from '@hash/core';

/** Shifts and scales features to mean 0 and deviation 1; before they are measured it is the identity. */
export class Standardizer implements Module {
  readonly parameters: ParameterTree;
  readonly #mean: tf.Variable<tf.Rank.R1>;
  readonly #deviation: tf.Variable<tf.Rank.R1>;

  /** @param width  of the features */
  constructor(width: number) {
    this.#mean = tf.tidy(() => tf.variable(tf.zeros<tf.Rank.R1>([width]), false));
    this.#deviation = tf.tidy(() => tf.variable(tf.ones<tf.Rank.R1>([width]), false));
    this.parameters = { mean: this.#mean, deviation: this.#deviation };
  }

  /**
   * Takes mean and deviation (that of a sample, n − 1) from features. One that never changes is only shifted.
   *
   * @param batches  [n, width] each; they are disposed of
   * @throws Error  where there are none
   */
  async measure(batches: AsyncIterable<tf.Tensor2D>): Promise<void> {
    const width = this.#mean.size;
    const [sums, squares] = [new Float64Array(width), new Float64Array(width)];
    let count = 0;
    let origin: Float32Array | undefined;
    for await (const batch of batches) {
      const values = await batch.data<'float32'>();
      batch.dispose();
      // Sums of differences from the first item: squares of what lies far from 0 would lose the deviation.
      origin ??= values.slice(0, width);
      for (const [i, value] of values.entries()) {
        const shifted = value - origin[i % width]!;
        sums[i % width]! += shifted;
        squares[i % width]! += shifted ** 2;
      }
      count += values.length / width;
    }
    if (origin === undefined) throw new Error('Standardizer.measure: expected features, but got none.');
    const means = sums.map((sum) => sum / count);
    const deviations = squares.map((square, i) =>
      Math.sqrt(Math.max(0, square - count * means[i]! ** 2) / Math.max(1, count - 1)),
    );
    assign(
      this.#mean,
      means.map((mean, i) => mean + origin[i]!),
    );
    assign(
      this.#deviation,
      deviations.map((deviation) => deviation || 1),
    );
  }

  /** @param features  [n, width] */
  apply(features: tf.Tensor2D): tf.Tensor2D {
    return tf.tidy(() => tf.div(tf.sub(features, this.#mean), this.#deviation));
  }
}

function assign(variable: tf.Variable<tf.Rank.R1>, values: Float64Array): void {
  const tensor = tf.tensor1d(Float32Array.from(values));
  variable.assign(tensor);
  tensor.dispose();
}
