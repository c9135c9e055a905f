import { describe, expect, it } from '@jest/globals';
import { Rng } from '../random/rng.js';
import { tf } from '../tf.js';
import { Conv2d } from './conv2d.js';
import { ones } from './initializers.js';

describe('Conv2d', () => {
  const rng = new Rng(3);

  it('holds depthwise kernels as [size, size, 1, channels] and bounds them by their nine inputs', () => {
    const { kernel } = new Conv2d({ inputs: 40, outputs: 40, size: 3, depthwise: true, rng });
    expect(kernel.shape).toEqual([3, 3, 1, 40]);
    const largest = Math.max(...kernel.dataSync().map(Math.abs));
    expect(largest).toBeLessThanOrEqual(1 / 3);
    expect(largest).toBeGreaterThan(0.3);
  });

  it('bounds the bias by all inputs of an output', () => {
    const { bias } = new Conv2d({ inputs: 4, outputs: 60, size: 2, rng });
    const largest = Math.max(...bias!.dataSync().map(Math.abs));
    expect(largest).toBeLessThanOrEqual(1 / 4);
    expect(largest).toBeGreaterThan(0.2);
  });

  it("rounds an output side down, as PyTorch does: ResNet's first layer", () => {
    const layer = new Conv2d({ inputs: 3, outputs: 2, size: 7, stride: 2, padding: 3, rng, bias: null });
    expect(layer.apply(tf.zeros([1, 24, 25, 3])).shape).toEqual([1, 12, 13, 2]);
  });

  it.each([
    // Three taps of 1 on a row of ones: what is missing of 3 is padding.
    { side: 4, stride: 2, depthwise: false, row: [3, 2] },
    { side: 5, stride: 2, depthwise: false, row: [2, 3, 2] },
    { side: 4, stride: 2, depthwise: true, row: [3, 2] },
    { side: 4, stride: 1, depthwise: true, row: [2, 3, 3, 2] },
  ])("pads as TensorFlow's 'same' does: $side by stride $stride, depthwise $depthwise", (example) => {
    const { side, stride, depthwise, row } = example;
    const kernel = ones();
    const layer = new Conv2d({ inputs: 1, outputs: 1, size: 3, stride, padding: 'same', depthwise, rng, kernel, bias: null }); // prettier-ignore
    const y = layer.apply(tf.ones([1, side, side, 1]));
    expect(y.squeeze([0, 3]).arraySync()).toEqual(row.map((height) => row.map((width) => height * width)));
  });

  it('refuses a depthwise layer that changes the number of channels', () => {
    expect(() => new Conv2d({ inputs: 4, outputs: 8, size: 3, depthwise: true, rng })).toThrow(
      'Conv2d: expected as many outputs as inputs (4) if depthwise, but got 8.',
    );
  });

  it('refuses another number of channels', () => {
    const layer = new Conv2d({ inputs: 3, outputs: 2, size: 1, rng });
    expect(() => layer.apply(tf.zeros([1, 4, 4, 1]))).toThrow(
      'Conv2d.apply: expected an input [n, height, width, 3], but got [1, 4, 4, 1].',
    );
  });
});
