import { describe, expect, it } from '@jest/globals';
import { Rng } from '@hash/core/random';
import { REACH } from './outline.js';
import { luma } from './palette.js';
import { drawMultiScene, drawSingleScene, type Scene } from './scene.js';
import { shapesOptions } from './shapesOptions.js';

const wild = shapesOptions.parse({ classes: 12, offset: 1, rotation: 45, texture: 1 });

function scenes(draw: (rng: Rng, i: number) => Scene): readonly Scene[] {
  return Array.from({ length: 300 }, (_, i) => draw(new Rng(1).fork(i), i));
}

const singles = scenes((rng, i) => drawSingleScene(i % 12, wild, rng));
const multis = scenes((rng) => drawMultiScene(wild, rng));

describe.each([
  ['drawSingleScene', singles],
  ['drawMultiScene', multis],
])('%s', (_name, drawn) => {
  it('keeps every object in the picture', () => {
    for (const { x, y, radius } of drawn.flatMap(({ objects }) => objects)) {
      expect(Math.min(x, y, 1 - x, 1 - y)).toBeGreaterThan(REACH * radius);
    }
  });

  it('lets objects stand out from both colours behind them', () => {
    for (const { objects, background } of drawn) {
      for (const { color } of objects) {
        const differences = [background.color, background.accent].map((b) => Math.abs(luma(color) - luma(b)));
        expect(Math.min(...differences)).toBeGreaterThan(56 - 24);
      }
    }
  });

  it('turns by no more than it may', () => {
    for (const { turn } of drawn.flatMap(({ objects }) => objects)) {
      expect(turn.cos ** 2 + turn.sin ** 2).toBeCloseTo(1, 12);
      expect(turn.cos).toBeGreaterThanOrEqual(Math.SQRT1_2 - 1e-6);
    }
  });
});

describe('drawSingleScene', () => {
  it('draws the shape of its class in every colour', () => {
    expect(singles.map(({ objects }) => objects.length)).toEqual(Array.from({ length: 300 }, () => 1));
    const circles = singles.filter((_, i) => i % 12 === 0);
    expect(circles.every(({ objects }) => objects[0]!.shape === 'circle')).toBe(true);
    expect(new Set(singles.map(({ objects }) => objects[0]!.colorName)).size).toBeGreaterThan(9);
  });

  it.each([2, 12])('keeps the ground darker than what is on it when asked to, with %i colours', (colors) => {
    const options = shapesOptions.parse({ colors, ground: 'dark', texture: 1 });
    for (const { objects, background } of scenes((rng) => drawSingleScene(0, options, rng))) {
      const behind = Math.max(luma(background.color), luma(background.accent));
      expect(luma(objects[0]!.color) - behind).toBeGreaterThan(56 - 24);
    }
  });

  it('takes no more colours than it may', () => {
    const options = shapesOptions.parse({ colors: 2 });
    const names = scenes((rng) => drawSingleScene(0, options, rng)).flatMap(({ objects, background }) => [
      objects[0]!.colorName,
      background.colorName,
    ]);
    expect(new Set(names)).toEqual(new Set(['black', 'white']));
  });

  it('draws plain grounds without texture', () => {
    const options = shapesOptions.parse({ texture: 0 });
    const drawn = scenes((rng) => drawSingleScene(0, options, rng));
    expect(drawn.every(({ background }) => background.pattern === 'plain')).toBe(true);
  });
});

describe('drawMultiScene', () => {
  it('draws one to three different shapes that do not touch', () => {
    expect(new Set(multis.map(({ objects }) => objects.length))).toEqual(new Set([1, 2, 3]));
    for (const { objects } of multis) {
      expect(new Set(objects.map(({ shape }) => shape)).size).toBe(objects.length);
      for (const [i, a] of objects.entries()) {
        for (const b of objects.slice(i + 1)) {
          expect(Math.max(Math.abs(a.x - b.x), Math.abs(a.y - b.y))).toBeGreaterThan(a.radius + b.radius);
        }
      }
    }
  });

  it('draws no more shapes than there are classes', () => {
    const options = shapesOptions.parse({ classes: 2 });
    const counts = scenes((rng) => drawMultiScene(options, rng)).map(({ objects }) => objects.length);
    expect(Math.max(...counts)).toBe(2);
  });
});
