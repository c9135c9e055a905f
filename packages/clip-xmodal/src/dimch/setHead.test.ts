import { describe, expect, it } from '@jest/globals';
import { flattenParameters, INFERENCE, Rng, tf } from '@hash/core';
import { expectClose } from '@hash/core/testing';
import { SetHead } from './setHead.js';
import { TokenConvolution } from './tokenConvolution.js';
import { dimchVectors } from './vectors.testing.js';

const sizes = { places: 3, width: 5, setSize: 2, hiddenWidth: 6, bits: 4, dropout: 0.3 };
const tokens = (n: number) => tf.randomNormal<tf.Rank.R3>([n, 3, 5], 0, 1, 'float32', 1);

describe('TokenConvolution', () => {
  const { 'x(N,T,D)': x, 'weight(M,T,3)': weight, bias, ...expected } = dimchVectors.token_conv1d;
  const convolution = new TokenConvolution({ places: 3, setSize: 2, rng: new Rng(1) });

  it('has the values of the oracle', () => {
    const variables = flattenParameters(convolution.parameters);
    // [setSize, places, taps] to [taps places, setSize]
    const kernel = tf.reshape(tf.transpose(tf.tensor3d(weight), [2, 1, 0]), [9, 2]);
    variables.get('kernel')!.assign(kernel);
    variables.get('bias')!.assign(tf.tensor1d(bias));
    expectClose(convolution.apply(tf.tensor3d(x)), expected['expected_before_relu(N,M,D)']);
  });

  it('refuses another number of tokens', () => {
    expect(() => convolution.apply(tf.zeros([1, 4, 5]))).toThrow(
      'DIMCH: expected 3 tokens of each item, but got 4.',
    );
  });
});

describe('SetHead', () => {
  const head = new SetHead({ ...sizes, rng: new Rng(1) });

  it("defect of the authors' code: a batch as large as a text has tokens is taken for tokens; here any size goes", () => {
    const whole = head.apply(tokens(3), INFERENCE);
    expect(whole.shape).toEqual([3, 2, 4]);
    for (const i of [0, 1, 2]) {
      const one = head.apply(tf.slice(tokens(3), i, 1), INFERENCE);
      expectClose(one, tf.slice(whole, i, 1).arraySync());
    }
  });

  it('drops features of the hidden layer while training', () => {
    const drawn = [1, 2].map((seed) => head.apply(tokens(4), { training: true, rng: new Rng(seed) }));
    expect(drawn[0]!.arraySync()).not.toEqual(drawn[1]!.arraySync());
  });

  it("starts from the authors' kernels", () => {
    const made = new SetHead({ ...sizes, places: 40, setSize: 64, width: 64, hiddenWidth: 96, bits: 64, rng: new Rng(1) }); // prettier-ignore
    const variables = flattenParameters(made.parameters);
    for (const [name, bound] of [
      ['hidden/kernel', Math.sqrt(6 / 96)],
      ['vectors/kernel', Math.sqrt(6 / 64)],
    ] as const) {
      // prettier-ignore
      const largest = tf.max(tf.abs(variables.get(name)!)).dataSync()[0]!;
      expect(largest).toBeLessThanOrEqual(bound);
      expect(largest).toBeGreaterThan(0.98 * bound);
    }
    const { variance } = tf.moments(variables.get('convolution/kernel')!);
    // Of 7,680 draws: four deviations are 0.065.
    expect(Math.abs(variance.dataSync()[0]! / (2 / 120) - 1)).toBeLessThan(0.065);
  });
});
