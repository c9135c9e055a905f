import { createHash } from 'node:crypto';
import { describe, expect, it } from '@jest/globals';
import { Rng } from '@hash/core/random';
import { drawnShapes, openDrawnShapes, sceneAt, shapesLabel, type DrawnShapes } from './drawnShapes.js';
import { SHAPE_NAMES } from './outline.js';
import { shapesOptions } from './shapesOptions.js';

/** Every option is given, so that other defaults do not change the pictures. */
const options = shapesOptions.parse({
  ...{ classes: 12, size: 24, train: 200, query: 20, database: 100 },
  ...{ rotation: 20, colors: 12, offset: 1, texture: 0.6, noise: 0.05 },
});

function pixels(origin: DrawnShapes, positions: readonly number[]): Buffer {
  const images = openDrawnShapes(origin);
  return Buffer.concat(positions.map((position) => Uint8Array.from(images.read(position).data)));
}

const first = Array.from({ length: 24 }, (_, i) => i);

describe('openDrawnShapes', () => {
  it.each([
    [false, 'ae4e35b81fa1d665ceff38470f0ca405e838815807c28a7f00ef48bcb32d5db5'],
    [true, '0dbe846dec5918a230bd7463a37aba27a0d71ebfd2e4be655b29376b9b11ed60'],
  ])('draws the same pictures on every machine (several: %p)', (multi, sha256) => {
    const digest = createHash('sha256')
      .update(pixels(drawnShapes(multi, 5, options), first))
      .digest('hex');
    expect(digest).toBe(sha256);
  });

  it('draws a picture alike in any order, once and again', () => {
    const forwards = pixels(drawnShapes(false, 5, options), first);
    const origin = drawnShapes(false, 5, options);
    const backwards = pixels(origin, [...first].reverse());
    expect(backwards.subarray(0, 1728)).toEqual(forwards.subarray(-1728));
    expect(pixels(origin, first)).toEqual(forwards);
    expect(pixels({ ...origin, drawn: null }, first)).toEqual(forwards);
  });

  it('draws other pictures for another seed', () => {
    expect(pixels(drawnShapes(false, 6, options), [0])).not.toEqual(
      pixels(drawnShapes(false, 5, options), [0]),
    );
  });

  it('draws the shape that the label says', () => {
    const origin = drawnShapes(false, 5, options);
    for (const position of first) {
      expect(sceneAt(origin, position).objects[0]!.shape).toBe(SHAPE_NAMES[shapesLabel(position, options)]);
    }
  });

  it('does not keep pictures that would fill the memory', () => {
    expect(drawnShapes(false, 0, { ...options, size: 224, database: 2000 }).drawn).toBeNull();
  });

  it('gives classes away to no random projection: codes by chance find little more than chance', () => {
    const origin = drawnShapes(false, 0, shapesOptions.parse({ train: 1, query: 50, database: 400 }));
    const images = openDrawnShapes(origin);
    const rng = new Rng(9);
    const planes = Array.from({ length: 32 }, () => Float64Array.from({ length: 3072 }, () => rng.normal()));
    const code = (position: number) => {
      const { data } = images.read(position);
      return planes.map((plane) => Number(plane.reduce((sum, w, i) => sum + w * (data[i]! - 128), 0) >= 0));
    };
    const codes = Array.from({ length: 450 }, (_, position) => code(position));
    const average = codes.slice(400).map((query, q) => {
      const distance = (item: readonly number[]) => item.reduce((sum, bit, i) => sum + (bit ^ query[i]!), 0);
      const ranked = codes
        .slice(0, 400)
        .map((item, i) => ({ hit: i % 10 === q % 10, distance: distance(item) }));
      ranked.sort((a, b) => a.distance - b.distance);
      let hits = 0;
      const precisions = ranked.flatMap(({ hit }, rank) => (hit ? [++hits / (rank + 1)] : []));
      return precisions.reduce((sum, precision) => sum + precision, 0) / hits;
    });
    expect(average.reduce((sum, precision) => sum + precision, 0) / average.length).toBeLessThan(0.14);
  });
});
