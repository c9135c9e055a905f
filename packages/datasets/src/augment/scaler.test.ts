import { describe, expect, it } from '@jest/globals';
import type { Interpolation } from '@hash/core';
import { Rng } from '@hash/core/random';
import { packed } from './pictures.testing.js';
import { scalingOf } from './resample.js';
import { scalePlainly } from './scalePlainly.js';
import { Scaler } from './scaler.js';

/** A window of a part of an image at another size, all of them by chance. */
function drawScaling(rng: Rng, interpolation: Interpolation) {
  const size = () => ({ width: 1 + rng.int(60), height: 1 + rng.int(60) });
  const within = (outer: { width: number; height: number }) => {
    const [width, height] = [1 + rng.int(outer.width), 1 + rng.int(outer.height)];
    return { left: rng.int(outer.width - width + 1), top: rng.int(outer.height - height + 1), width, height };
  };
  const [given, wanted] = [size(), size()];
  const image = packed('noise', given.width, given.height);
  const window = within(wanted);
  return { scaling: scalingOf(image, within(given), wanted, window, interpolation), window };
}

// That both are right is for the tests of `resize` and `DeferredImage`, which compare with Pillow.
describe('Scaler', () => {
  it.each(['bilinear', 'bicubic'] as const)('gives the pixels of scalePlainly, %s', (interpolation) => {
    const scaler = new Scaler();
    const rng = new Rng('scaler');
    const taps = new Set<number>();
    for (let i = 0; i < 200; i++) {
      const { scaling, window } = drawScaling(rng, interpolation);
      const plain = new Int32Array(window.width * window.height);
      scalePlainly(scaling, plain);
      const scaled = scaler.scale(scaling)!;
      expect(scaled).toHaveLength(plain.length);
      expect(scaled.every((pixel, at) => pixel === plain[at])).toBe(true);
      taps.add(scaling.columns.taps);
    }
    expect([...taps]).toEqual(expect.arrayContaining(interpolation === 'bilinear' ? [2, 4, 6] : [4, 6, 8]));
  });

  it('leaves alone what would not fit into its memory', () => {
    const { scaling } = drawScaling(new Rng(1), 'bilinear');
    expect(new Scaler().scale({ ...scaling, count: 2 ** 27 })).toBeUndefined();
  });
});
