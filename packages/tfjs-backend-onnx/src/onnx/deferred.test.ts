import { describe, expect, it } from '@jest/globals';
import * as tf from '@tensorflow/tfjs';
import fc from 'fast-check';
import { compiledOps } from '../testing/compiledOps.js';
import { expectSameOnCpu, noise } from '../testing/onBothBackends.js';

type Tensor4 = tf.Tensor4D;

const last = (x: tf.Tensor): Tensor4 => tf.transpose(x as Tensor4, [0, 2, 3, 1]);
const first = (x: tf.Tensor): Tensor4 => tf.transpose(x as Tensor4, [0, 3, 1, 2]);

/** Steps that defer, pass on or force what is deferred; each takes any tensor of four axes to another. */
const steps: Readonly<Record<string, (x: Tensor4) => tf.Tensor>> = {
  channelsLast: last,
  channelsFirst: first,
  swap: (x) => tf.transpose(x, [1, 0, 2, 3]),
  turn: (x) => tf.transpose(x, [3, 2, 1, 0]),
  square: (x) => tf.square(x),
  timesOne: (x) => tf.mul(x, 1),
  timesOnes: (x) => tf.mul(x, tf.onesLike(x)),
  plusVector: (x) => tf.add(x, noise([x.shape[3]], 2)),
  plusColumn: (x) => tf.add(x, noise([x.shape[2], 1], 3)),
  plusFull: (x) => tf.add(x, noise(x.shape, 4)),
  plusItself: (x) => tf.sub(x, tf.neg(x)),
  choose: (x) => tf.where(tf.greater(x, 0), x, tf.zerosLike(x)),
  mean: (x) => tf.mean(x, [1, 2], true),
  meanOfLast: (x) => tf.sub(x, tf.mean(x, -1, true)),
  sumOfFirst: (x) => tf.reshape(tf.sum(x, 0), [1, ...x.shape.slice(1)]),
  spread: (x) => tf.tile(tf.sum(x, [0, 3], true), [2, 1, 1, 2]),
  slice: (x) =>
    tf.slice(
      x,
      [0, 0, 0, 0],
      x.shape.map((n) => Math.ceil(n / 2)),
    ),
  pad: (x) => tf.pad(x, [...Array<[number, number]>(2).fill([0, 1]), [1, 0], [0, 0]], 0.5),
  concat: (x) => tf.concat([x, tf.mul(x, 2)], 2),
  concatMixed: (x) => tf.concat([x, noise(x.shape, 5) as Tensor4], 1),
  flatten: (x) => tf.reshape(tf.reshape(x, [-1]), x.shape),
  softmax: (x) => tf.softmax(x),
  convolve: (x) => tf.conv2d(x, noise([1, 1, x.shape[3], 3], 6) as Tensor4, 1, 'same'),
  window: (x) => tf.conv2d(x, noise([3, 3, x.shape[3], 2], 6) as Tensor4, 1, 'same'),
  pool: (x) => tf.maxPool(x, 2, 1, 'same'),
  matMul: (x) => tf.matMul(x, noise([x.shape[3], 3], 7)),
  gramian: (x) => tf.matMul(x, x, true, false),
};

describe('what is deferred', () => {
  it('comes out right in any order of steps', () =>
    fc.assert(
      fc.asyncProperty(
        fc.array(fc.constantFrom(...Object.keys(steps)), { minLength: 2, maxLength: 9 }),
        async (names) => {
          await expectSameOnCpu(
            () =>
              names.reduce<tf.Tensor>(
                (x, name) => (x.size > 4000 ? x : (steps[name] as (x: Tensor4) => tf.Tensor)(x as Tensor4)),
                noise([2, 3, 4, 3]),
              ),
            { tolerance: 1e-4 },
          );
        },
      ),
      { numRuns: 150, seed: 7 },
    ));
});

describe('a change of layout', () => {
  it.each([
    ['meets its inverse', () => first(last(noise([2, 3, 4, 5]))), []],
    ['passes elementwise work by', () => first(tf.exp(last(noise([2, 3, 4, 5])))), ['Exp']],
    [
      'passes what broadcasts by',
      () => first(tf.exp(tf.add(last(noise([2, 3, 4, 5])), noise([3], 2)))),
      ['Reshape', 'Add', 'Exp'],
    ],
    [
      'passes a reduction by',
      () => tf.exp(tf.mean(last(noise([2, 3, 4, 5])), [1, 2])),
      ['ReduceMean', 'Reshape', 'Exp'],
    ],
    [
      'is written once for two readers',
      () => {
        const x = last(noise([2, 3, 4, 5]));
        return tf.add(tf.softmax(x), tf.cumsum(x, 3));
      },
      ['Transpose', 'Softmax', 'CumSum', 'Add'],
    ],
  ] as [string, () => tf.Tensor, string[]][])('%s', async (_, compute, ops) => {
    await expectSameOnCpu(compute);
    // Nothing at all is compiled where only names change.
    if (ops.length > 0) expect(compiledOps()).toEqual(ops);
  });
});

describe('ones and zeros', () => {
  it('are never written out to be multiplied', async () => {
    await expectSameOnCpu(() => tf.exp(tf.mul(noise([2, 1]), tf.ones([2, 300]))));
    expect(compiledOps()).toEqual(['Exp', 'Expand']);
  });
});
