import { describe, expect, it } from '@jest/globals';
import { planMobileNetV2, roundChannels } from './mobileNetPlan.js';

describe('planMobileNetV2', () => {
  const blocks = planMobileNetV2(1, 1280);

  it('numbers the operations as the published graph does, whose sums are 10, 17, ..., 58', () => {
    const convolutions = blocks.flatMap(({ convolutions }) => convolutions);
    const numbers = convolutions.map(({ operation }) => operation);
    const sums = [10, 17, 21, 28, 32, 36, 43, 47, 54, 58];
    expect(numbers).toEqual(Array.from({ length: 62 }, (_, i) => i + 1).filter((i) => !sums.includes(i)));
    const depthwise = convolutions.filter((convolution) => convolution.depthwise);
    expect(depthwise.map(({ operation }) => operation)).toEqual([
      2, 5, 8, 12, 15, 19, 23, 26, 30, 34, 38, 41, 45, 49, 52, 56, 60,
    ]);
  });

  it('has the channels and strides of the published graph', () => {
    const ends = blocks.map(({ convolutions }) => convolutions.at(-1)!.outputs);
    expect(ends).toEqual([32, 16, 24, 24, 32, 32, 32, 64, 64, 64, 64, 96, 96, 96, 160, 160, 160, 320, 1280]);
    const halving = blocks.flatMap(({ convolutions }) => convolutions).filter(({ stride }) => stride === 2);
    expect(halving.map(({ operation }) => operation)).toEqual([1, 5, 12, 23, 49]);
    expect(blocks.flatMap(({ convolutions }) => convolutions).filter((one) => !one.activated)).toHaveLength(
      17,
    );
  });

  it("has Keras' layer names", () => {
    const names = blocks.map(({ convolutions }) => convolutions.map(({ name }) => name));
    expect(names[0]).toEqual(['Conv1']);
    expect(names[1]).toEqual(['expanded_conv_depthwise', 'expanded_conv_project']);
    expect(names[2]).toEqual(['block_1_expand', 'block_1_depthwise', 'block_1_project']);
    expect(blocks.at(-1)!.convolutions[0]).toMatchObject({ name: 'Conv_1', norm: 'Conv_1_bn' });
  });
});

it.each([
  [32, 32],
  [11.2, 16],
  [33.6, 32],
  [44.8, 48],
  [2, 8],
  [10, 16],
])('rounds %d channels to %d', (channels, rounded) => expect(roundChannels(channels)).toBe(rounded));
