import { describe, expect, it } from '@jest/globals';
import { tf } from '../tf.js';
import { BatchNorm } from './batchNorm.js';
import { trainableParameters } from './parameterTree.js';

describe('BatchNorm', () => {
  it('optimises scale and bias, and only saves the running moments', () => {
    const layer = new BatchNorm({ channels: 2 });
    expect(Object.keys(layer.parameters)).toEqual(['scale', 'bias', 'mean', 'variance']);
    expect([...trainableParameters(layer.parameters).keys()]).toEqual(['scale', 'bias']);
  });

  it('moves the running moments by the momentum, to the unbiased variance', () => {
    const layer = new BatchNorm({ channels: 1, momentum: 0.5 });
    layer.apply(tf.tensor2d([[1], [3]]), { training: true }); // mean 2, unbiased variance 2
    expect(layer.mean.dataSync()[0]).toBe(1);
    expect(layer.variance.dataSync()[0]).toBe(1.5);
  });

  it('leaves the running moments alone outside training', () => {
    const layer = new BatchNorm({ channels: 1 });
    layer.apply(tf.tensor2d([[10], [30]]));
    expect(layer.mean.dataSync()[0]).toBe(0);
    expect(layer.variance.dataSync()[0]).toBe(1);
  });

  it('keeps as many tensors when it trains', () => {
    const layer = new BatchNorm({ channels: 2 });
    const before = tf.memory().numTensors;
    tf.tidy(() => layer.apply(tf.ones([3, 2]), { training: true })).dispose();
    expect(tf.memory().numTensors).toBe(before);
  });

  it('refuses one value for each channel in training, as PyTorch does, and another width', () => {
    const layer = new BatchNorm({ channels: 4 });
    expect(() => layer.apply(tf.zeros([1, 4]), { training: true })).toThrow(
      'BatchNorm.apply: expected more than one value for each channel in training, but got [1, 4].',
    );
    expect(layer.apply(tf.zeros([1, 4])).shape).toEqual([1, 4]);
    expect(() => layer.apply(tf.zeros([2, 3]))).toThrow(
      'BatchNorm.apply: expected an input [..., 4], but got [2, 3].',
    );
  });
});
