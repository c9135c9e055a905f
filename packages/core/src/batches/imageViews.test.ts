import { describe, expect, it } from '@jest/globals';
import { augmentationSchema } from './augmentationSchema.js';
import { plainView, randomView } from './imageViews.js';

const preprocessing = {
  size: 24,
  interpolation: 'bicubic',
  mean: [0.1, 0.2, 0.3],
  std: [0.4, 0.5, 0.6],
} as const;
const normalize = { op: 'normalize', mean: [0.1, 0.2, 0.3], std: [0.4, 0.5, 0.6] };

describe('randomView', () => {
  it("has SimCLR's ops with the settings, at the size of the network", () => {
    const augmentation = augmentationSchema('ours', { blur: 0 }).parse({ cropScale: [0.6, 1], hue: 0.5 });
    expect(randomView(augmentation, preprocessing)).toEqual([
      { op: 'randomResizedCrop', size: 24, scale: [0.6, 1], interpolation: 'bicubic' },
      { op: 'colorJitter', brightness: 0.4, contrast: 0.4, saturation: 0.4, hue: 0.5, probability: 0.8 },
      { op: 'randomGrayscale', probability: 0.2 },
      { op: 'gaussianBlur', sigma: [0.1, 2], probability: 0 },
      { op: 'randomHorizontalFlip', probability: 0.5 },
      normalize,
    ]);
  });
});

describe('plainView', () => {
  it('is the middle square', () => {
    expect(plainView(preprocessing)).toEqual([
      { op: 'resize', size: 24, interpolation: 'bicubic' },
      { op: 'centerCrop', size: 24 },
      normalize,
    ]);
  });
});

describe('augmentationSchema', () => {
  it('says where its defaults are from, and refuses what it does not know', () => {
    expect(augmentationSchema("authors' code").shape.flip.description).toBe(
      "probability of a horizontal flip (authors' code)",
    );
    expect(augmentationSchema('ours').safeParse({ flop: 1 }).success).toBe(false);
  });
});
