import { describe, expect, it } from '@jest/globals';
import { Rng } from '@hash/core/random';
import { drawRandomCrop } from './randomCrop.js';

describe('drawRandomCrop', () => {
  it('draws every place within the padding, each about as often as any other', () => {
    const image = { width: 4, height: 3 };
    const rng = new Rng('places');
    const counts = new Map<string, number>();
    for (let i = 0; i < 6000; i++) {
      const { left, top, width, height } = drawRandomCrop(image, 3, 1, rng);
      const place = `${left} ${top} ${width} ${height}`;
      counts.set(place, (counts.get(place) ?? 0) + 1);
    }
    // 6 x 5 pixels with the padding: 4 x 3 places, 500 draws each, of a deviation of 22.
    const places = [-1, 0, 1, 2].flatMap((left) => [-1, 0, 1].map((top) => `${left} ${top} 3 3`));
    expect([...counts.keys()].sort()).toEqual(places.sort());
    expect(Math.max(...counts.values())).toBeLessThan(600);
    expect(Math.min(...counts.values())).toBeGreaterThan(400);
  });

  it('draws all of an image that has just the size', () => {
    expect(drawRandomCrop({ width: 5, height: 5 }, 5, 0, new Rng(1))).toEqual({
      left: 0,
      top: 0,
      width: 5,
      height: 5,
    });
  });

  it('rejects an image that is too small', () => {
    expect(() => drawRandomCrop({ width: 40, height: 20 }, 32, 2, new Rng(1))).toThrow(
      new RangeError(
        'randomCrop: expected an image of at least 32 x 32 pixels, padding included, but got 44 x 24.',
      ),
    );
  });
});
