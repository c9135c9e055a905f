import { describe, expect, it } from '@jest/globals';
import { Rng } from '../random/rng.js';
import { tf } from '../tf.js';
import { Conv2d } from './conv2d.js';

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
