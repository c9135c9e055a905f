import { describe, expect, it } from '@jest/globals';
import type { Range } from '@hash/core';
import { Rng } from '@hash/core/random';
import { drawResizedCrop, largestInTheMiddle } from './randomResizedCrop.js';

const RATIO: Range = [3 / 4, 4 / 3];

describe('drawResizedCrop', () => {
  it('keeps to the bounds of area and ratio and within the image', () => {
    const rng = new Rng('boxes');
    const boxes = Array.from({ length: 4000 }, () =>
      drawResizedCrop({ width: 300, height: 200 }, [0.2, 1], RATIO, rng),
    );
    const within = boxes.every(
      ({ left, top, width, height }) =>
        Math.min(left, top) >= 0 &&
        left + width <= 300 &&
        top + height <= 200 &&
        // The sides are rounded to pixels.
        (width + 0.5) * (height + 0.5) > 0.2 * 60_000 &&
        (width + 0.5) / (height - 0.5) > 3 / 4 &&
        (width - 0.5) / (height + 0.5) < 4 / 3,
    );
    expect(within).toBe(true);
    expect(Math.min(...boxes.map(({ left }) => left))).toBe(0);
    expect(Math.max(...boxes.map(({ left, width }) => left + width))).toBe(300);
  });

  it('draws the area uniformly and the ratio log-uniformly where every box fits', () => {
    const rng = new Rng('moments');
    const boxes = Array.from({ length: 8000 }, () =>
      drawResizedCrop({ width: 4000, height: 4000 }, [0.1, 0.5], [0.5, 2], rng),
    );
    const mean = (values: number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;
    const shares = boxes.map(({ width, height }) => (width * height) / 4000 ** 2);
    const logarithms = boxes.map(({ width, height }) => Math.log(width / height));
    // Of uniform numbers: mean in the middle, deviation a root of twelfth of the width; bounds of about 4 deviations.
    expect(Math.abs(mean(shares) - 0.3)).toBeLessThan(0.006);
    expect(Math.abs(mean(shares.map((share) => (share - 0.3) ** 2)) - 0.4 ** 2 / 12)).toBeLessThan(6e-4);
    expect(Math.abs(mean(logarithms))).toBeLessThan(0.02);
    expect(Math.abs(mean(logarithms.map((x) => x ** 2)) - (2 * Math.LN2) ** 2 / 12)).toBeLessThan(0.007);
  });

  it('falls back to the middle where nothing fits', () => {
    // All of the area at a ratio of at most 4/3 is higher than this image.
    expect(drawResizedCrop({ width: 400, height: 100 }, [1, 1], RATIO, new Rng(1))).toEqual({
      left: 133,
      top: 0,
      width: 133,
      height: 100,
    });
  });
});

describe('largestInTheMiddle', () => {
  // By hand from torchvision's rule: w = round(100 * 4 / 3), h = round(100 / (3 / 4)), starts rounded down.
  it.each([
    [400, 100, { left: 133, top: 0, width: 133, height: 100 }],
    [100, 401, { left: 0, top: 134, width: 100, height: 133 }],
    [110, 100, { left: 0, top: 0, width: 110, height: 100 }],
  ])('of %d x %d', (width, height, box) => {
    expect(largestInTheMiddle(width, height, RATIO)).toEqual(box);
  });
});
