import { describe, expect, it } from '@jest/globals';
import * as tf from '@tensorflow/tfjs';
import { resolveOptions } from '../../options.js';
import { channelBlock } from '../../session/channelBlock.js';
import { loadRuntime } from '../../session/runtime.js';
import { compiledOps } from '../../testing/compiledOps.js';
import { expectSameOnCpu, noise } from '../../testing/onBothBackends.js';

type Pad = 'same' | 'valid' | number | tf.backend_util.ExplicitPadding;

interface Case {
  readonly image: [number, number, number, number];
  /** Height and width. */
  readonly filter: [number, number];
  readonly channels: number;
  readonly stride: [number, number] | number;
  readonly pad: Pad;
}

const uneven: tf.backend_util.ExplicitPadding = [
  [0, 0],
  [2, 1],
  [0, 2],
  [0, 0],
];

const cases: Case[] = [
  { image: [2, 8, 7, 3], filter: [3, 3], channels: 4, stride: 1, pad: 'same' },
  { image: [2, 8, 7, 3], filter: [3, 2], channels: 4, stride: 1, pad: 'valid' },
  { image: [2, 8, 7, 3], filter: [3, 3], channels: 4, stride: 2, pad: 'same' },
  { image: [2, 9, 7, 3], filter: [2, 3], channels: 4, stride: [2, 3], pad: 'valid' },
  { image: [1, 8, 7, 3], filter: [3, 3], channels: 5, stride: 2, pad: 1 },
  { image: [1, 8, 7, 2], filter: [3, 3], channels: 3, stride: 1, pad: uneven },
  { image: [1, 8, 7, 2], filter: [3, 3], channels: 3, stride: 3, pad: uneven },
  { image: [2, 5, 6, 3], filter: [1, 1], channels: 4, stride: 1, pad: 'same' },
  { image: [2, 5, 6, 3], filter: [1, 1], channels: 4, stride: 2, pad: 'valid' },
  { image: [2, 8, 12, 3], filter: [4, 4], channels: 5, stride: 4, pad: 'valid' },
  { image: [2, 13, 12, 3], filter: [5, 5], channels: 5, stride: 2, pad: 2 },
  // More weights than pixels.
  { image: [2, 4, 3, 20], filter: [3, 3], channels: 24, stride: 1, pad: 'same' },
  { image: [1, 5, 6, 20], filter: [3, 2], channels: 17, stride: 1, pad: 'valid' },
  { image: [1, 5, 4, 16], filter: [3, 3], channels: 16, stride: 2, pad: 1 },
  { image: [1, 4, 4, 20], filter: [2, 3], channels: 18, stride: 1, pad: uneven },
];

const name = ({ image, filter, channels, stride, pad }: Case): string =>
  `[${image.join()}] * [${filter.join()}] -> ${channels}, stride ${String(stride)}, pad ${JSON.stringify(pad)}`;

describe.each(cases.map((item) => [name(item), item] as const))('conv2d %s', (_, item) => {
  const { image, filter, channels, stride, pad } = item;
  const gradientsOf = (
    convolve: (x: tf.Tensor4D, f: tf.Tensor4D) => tf.Tensor,
    filterShape: number[],
  ): tf.Tensor[] => {
    const [x, f] = [noise(image), noise(filterShape, 2)];
    const loss = (x: tf.Tensor, f: tf.Tensor): tf.Scalar => {
      const y = convolve(x as tf.Tensor4D, f as tf.Tensor4D);
      return tf.sum(tf.mul(y, noise(y.shape, 3)));
    };
    return [convolve(x as tf.Tensor4D, f as tf.Tensor4D), ...tf.grads(loss)([x, f])];
  };

  it('has its value and gradients', () =>
    expectSameOnCpu(() =>
      gradientsOf((x, f) => tf.conv2d(x, f, stride, pad), [...filter, image[3], channels]),
    ));

  // TensorFlow.js takes no other strides and padding for it.
  const multipliers = typeof pad === 'object' || typeof stride === 'object' ? [] : [1, 2];
  for (const multiplier of multipliers)
    it(`has those of its depthwise form, multiplier ${multiplier}`, () =>
      expectSameOnCpu(() =>
        gradientsOf((x, f) => tf.depthwiseConv2d(x, f, stride, pad), [...filter, image[3], multiplier]),
      ));
});

// 32 channels are whole blocks of ONNX Runtime's blocked layout on any processor.
describe.each([
  { size: [8, 7], filter: 3, stride: 1, pad: 'same' },
  { size: [8, 7], filter: 3, stride: 2, pad: 'same' },
  { size: [9, 6], filter: 3, stride: 2, pad: 1 },
  { size: [8, 9], filter: 3, stride: 2, pad: 'valid' },
  { size: [9, 8], filter: 2, stride: 3, pad: 'valid' },
  { size: [9, 8], filter: 5, stride: 2, pad: 2 },
  { size: [1, 2], filter: 3, stride: 1, pad: 1 },
  { size: [1, 1], filter: 3, stride: 2, pad: 'same' },
  { size: [2, 2], filter: 1, stride: 1, pad: 'same' },
] as const)('depthwiseConv2d of many channels, $size * $filter, stride $stride, pad $pad', (item) => {
  const { size, filter, stride, pad } = item;
  const image = [2, ...size, 32];
  const convolve = (x: tf.Tensor, f: tf.Tensor): tf.Tensor =>
    tf.depthwiseConv2d(x as tf.Tensor4D, f as tf.Tensor4D, stride, pad);
  const loss = (x: tf.Tensor, f: tf.Tensor): tf.Scalar => {
    const y = convolve(x, f);
    return tf.sum(tf.mul(y, noise(y.shape, 3)));
  };

  it('has its value and gradients', () =>
    expectSameOnCpu(() => {
      const [x, weights] = [noise(image), noise([filter, filter, 32, 1], 2)];
      return [convolve(x, weights), ...tf.grads(loss)([x, weights])];
    }));

  it('is computed in blocks where the processor has them', async () => {
    await expectSameOnCpu(() => convolve(noise(image), noise([filter, filter, 32, 1], 2)));
    const hasBlocks = channelBlock(loadRuntime(), resolveOptions({ threads: 1 })) > 0;
    expect(compiledOps().includes('ReorderInput')).toBe(hasBlocks);
  });

  it('has them on images with channels first in memory', () =>
    expectSameOnCpu(() => {
      const x = tf.transpose(noise([2, 32, ...size]), [0, 2, 3, 1]);
      const weights = noise([filter, filter, 32, 1], 2);
      return [convolve(x, weights), ...tf.grads(loss)([x, weights])];
    }));
});

describe('a network of convolutions', () => {
  it('has its gradients through batch statistics, activation, residual and pooling', () =>
    expectSameOnCpu(
      () => {
        const images = noise([2, 9, 9, 3]) as tf.Tensor4D;
        const weights = [noise([3, 3, 3, 4], 2), noise([3, 3, 4, 4], 3), noise([4, 2], 4), noise([4], 5)];
        const loss = (...[first, second, head, shift]: tf.Tensor[]): tf.Scalar => {
          const x = tf.relu(tf.conv2d(images, first as tf.Tensor4D, 2, 1));
          const y = tf.conv2d(x, second as tf.Tensor4D, 1, 'same');
          const { mean, variance } = tf.moments(y, [0, 1, 2]);
          const normal = tf.add(
            tf.mul(tf.sub(y, mean), tf.rsqrt(tf.add(variance, 1e-5))),
            shift as tf.Tensor,
          );
          const pooled = tf.maxPool(tf.add<tf.Tensor4D>(x, normal), 3, 2, 1);
          return tf.mean(tf.square(tf.matMul(tf.mean<tf.Tensor2D>(pooled, [1, 2]), head as tf.Tensor2D)));
        };
        return [loss(...weights), ...tf.grads(loss)(weights)];
      },
      { tolerance: 1e-4 },
    ));

  it('with fused bias and activation', () =>
    expectSameOnCpu(() => {
      const [x, filter, bias] = [noise([2, 5, 5, 3]), noise([3, 3, 3, 4], 2), noise([4], 3)];
      const window = { x: x as tf.Tensor4D, strides: 1, pad: 'same', bias } as const;
      return [
        tf.fused.conv2d({ ...window, filter: filter as tf.Tensor4D, activation: 'relu6' }),
        tf.fused.depthwiseConv2d({
          ...window,
          filter: noise([3, 3, 3, 1], 2) as tf.Tensor4D,
          bias: noise([3]),
        }),
      ];
    }));
});
