import { describe, expect, it } from '@jest/globals';
import type { AugmentSpec } from '@hash/core';
import { compileAugment } from './compileAugment.js';
import { augmentedSize, isRandom } from './compileOps.js';

const compile = (spec: unknown) => compileAugment(spec as AugmentSpec, 'training view');
const plain = { op: 'centerCrop', size: 8 } as const;

describe('compileAugment', () => {
  it.each<[number, AugmentSpec]>([
    [8, [plain]],
    [32, [plain, { op: 'resize', size: 32 }]],
    [
      16,
      [
        { op: 'resize', size: 32 },
        { op: 'randomResizedCrop', size: 16 },
      ],
    ],
    [28, [plain, { op: 'randomCrop', size: 28, padding: 20 }, { op: 'randomGrayscale' }]],
  ])('knows that the result has %d pixels a side', (size, spec) => {
    expect(augmentedSize(compileAugment(spec, 'test'))).toBe(size);
  });

  it('knows whether a pipeline is random', () => {
    expect(isRandom(compileAugment([{ op: 'resize', size: 9 }, plain], 'test'))).toBe(false);
    expect(isRandom(compileAugment([plain, { op: 'randomHorizontalFlip' }], 'test'))).toBe(true);
  });

  it.each([
    [[], 'expected a centerCrop, randomCrop or randomResizedCrop, which give a fixed size, but got no ops'],
    [
      [{ op: 'resize', size: 8 }, { op: 'randomGrayscale' }],
      'expected a centerCrop, randomCrop or randomResizedCrop, which give a fixed size, but got resize, randomGrayscale',
    ],
    [
      [plain, { op: 'normalize', mean: [0, 0, 0], std: [1, 1, 1] }, { op: 'randomGrayscale' }],
      'expected normalize to be the last of 3 ops, but got it as op 1',
    ],
    [{ op: 'resize' }, 'expected an array of ops, but got {"op":"resize"}'],
    [
      [plain, { op: 'sharpen' }],
      'expected op 1 (sharpen), op to be one of resize, centerCrop, randomCrop, randomResizedCrop, ' +
        'randomHorizontalFlip, colorJitter, randomGrayscale, gaussianBlur, normalize, but got "sharpen"',
    ],
    [['resize'], 'expected op 0 to be an object, but got "resize"'],
    [[{ op: 'resize' }], 'expected op 0 (resize), size to be an integer of at least 1, but got undefined'],
    [
      [{ op: 'resize', size: 2.5 }],
      'expected op 0 (resize), size to be an integer of at least 1, but got 2.5',
    ],
    [
      [{ op: 'resize', size: 8, interpolation: 'nearest' }],
      `expected op 0 (resize), interpolation to be 'bilinear' or 'bicubic', but got "nearest"`,
    ],
    [
      [plain, { op: 'colorJitter', brightness: -1, hue: 0.6 }],
      'expected op 1 (colorJitter), brightness to be a number of at least 0, but got -1; ' +
        'expected op 1 (colorJitter), hue to be a number from 0 to 0.5, but got 0.6',
    ],
    [
      [{ op: 'colorJitter', brightnes: 1 }],
      'expected op 0 (colorJitter) to have no key brightnes, but got {"op":"colorJitter","brightnes":1}',
    ],
    [
      [{ op: 'randomResizedCrop', size: 8, scale: [0.5, 0.2] }],
      'expected op 0 (randomResizedCrop), scale to be [low, high] with low <= high, but got [0.5,0.2]',
    ],
    [
      [{ op: 'randomResizedCrop', size: 8, scale: [0.5, 2] }],
      'expected op 0 (randomResizedCrop), scale.1 to be a number above 0, at most 1, but got 2',
    ],
    [[{ op: 'gaussianBlur', sigma: 2 }], 'expected op 0 (gaussianBlur), sigma to be [low, high], but got 2'],
    [
      [plain, { op: 'normalize', mean: [0, NaN, 0], std: [1, 1, 0] }],
      'expected op 1 (normalize), mean.1 to be a number, but got NaN; ' +
        'expected op 1 (normalize), std.2 to be a number above 0, but got 0',
    ],
  ])('rejects %j', (spec, message) => {
    expect(() => compile(spec)).toThrow(new TypeError(`compileAugment: training view: ${message}.`));
  });
});
