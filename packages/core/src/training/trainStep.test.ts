import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { disposeParameters, trainableParameters } from '../nn/parameterTree.js';
import type { Optimizer } from '../optim/optimizer.js';
import { sgd } from '../optim/sgd.js';
import { expectClose, leakedTensors } from '../testing/index.js';
import { tf } from '../tf.js';
import { trainStep } from './trainStep.js';

const position = { epoch: 3, epochs: 5, step: 17, stepsPerEpoch: 20 };

describe('trainStep', () => {
  let parameters: Record<'used' | 'unused' | 'frozen', tf.Variable<tf.Rank.R1>>;
  let optimizer: Optimizer;
  beforeEach(() => {
    parameters = tf.tidy(() => ({
      used: tf.variable(tf.tensor1d([3, -1])),
      unused: tf.variable(tf.tensor1d([5])),
      frozen: tf.variable(tf.tensor1d([2]), false),
    }));
    optimizer = sgd([{ parameters: new Map(Object.entries(parameters)), learningRate: 1 }]);
  });
  afterEach(() => {
    optimizer.dispose();
    disposeParameters(parameters);
  });

  const step = (terms: () => Record<string, tf.Tensor>) =>
    trainStep(optimizer, terms as () => Record<string, tf.Scalar>, [0.1], position);

  it('descends the sum of the terms, by what calculus says', async () => {
    const { used, frozen } = parameters;
    const terms = await step(() => ({
      square: used.square().sum(), // 10, gradient 2w
      linear: used.mul(frozen).sum(), // 4, gradient 2
    }));
    expect(terms).toEqual({ square: 10, linear: 4, loss: 14 });
    expectClose(used, [3 - 0.1 * (6 + 2), -1 - 0.1 * (-2 + 2)]);
    expectClose(parameters.unused, [5]);
    expectClose(frozen, [2]);
  });

  it('runs the forward pass once and reads the device once', async () => {
    const read = jest.spyOn(tf.backend(), 'read');
    const forward = jest.fn(() => ({ a: parameters.used.sum(), b: parameters.used.max(), c: tf.scalar(1) }));
    await step(forward);
    expect(forward).toHaveBeenCalledTimes(1);
    expect(read).toHaveBeenCalledTimes(1);
    read.mockRestore();
  });

  it('trains the variables of the optimiser and no others', async () => {
    const other = tf.tidy(() => tf.variable(tf.scalar(1)));
    const { used } = parameters;
    await step(() => ({ a: used.sum().mul(other) }));
    expectClose(other, 1);
    other.dispose();
    expect(trainableParameters(parameters).size).toBe(2);
  });

  it.each([
    [NaN, 'NaN'],
    [-Infinity, '-Infinity'],
  ])('stops at %d before the parameters change', async (value, text) => {
    const { used } = parameters;
    await expect(step(() => ({ fine: used.sum(), similarity: used.sum().mul(value) }))).rejects.toThrow(
      `train: expected loss term 'similarity' to be finite at epoch 3, step 17, but got ${text}.`,
    );
    expectClose(used, [3, -1]);
  });

  it('refuses terms that are no scalars, no terms, and a term named as the sum', async () => {
    const { used } = parameters;
    await expect(step(() => ({ a: used.sum(), pairs: used.mul(2) }))).rejects.toThrow(
      "train: expected loss term 'pairs' to be a scalar, but got shape [2].",
    );
    await expect(step(() => ({}))).rejects.toThrow('train: expected at least one loss term, but got none.');
    await expect(step(() => ({ loss: used.sum() }))).rejects.toThrow(
      "train: expected loss terms by other names than 'loss', which is that of their sum.",
    );
  });

  it('leaves no tensor behind, also where it stops', async () => {
    const { used, frozen } = parameters;
    const refused = async (factor: tf.Tensor | number) => {
      await expect(step(() => ({ a: used.square().sum().mul(factor) }))).rejects.toThrow('finite');
    };
    const unconnected = () => expect(step(() => ({ a: frozen.sum() }))).rejects.toThrow('connection');
    expect(await leakedTensors(() => step(() => ({ a: used.square().sum(), b: used.max() })))).toBe(0);
    expect(await leakedTensors(() => refused(NaN))).toBe(0);
    expect(await leakedTensors(unconnected)).toBe(0);
  });
});
