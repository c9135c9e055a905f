import { describe, expect, it } from '@jest/globals';
import { captions } from './caption.js';
import type { PlacedShape, Scene } from './scene.js';

const turn = { cos: 1, sin: 0 };
const common = { color: [0, 0, 0], turn } as const;

function object(
  relativeSize: number,
  colorName: 'red' | 'green',
  shape: 'star' | 'ring' | 'drop',
): PlacedShape {
  return { ...common, x: 0.5, y: 0.5, radius: 0.2, relativeSize, colorName, shape };
}

function scene(...objects: readonly PlacedShape[]): Scene {
  const background = { ...common, accent: [0, 0, 0], period: 1, phase: 0 } as const;
  return { background: { ...background, pattern: 'striped', colorName: 'blue' }, objects };
}

describe('captions', () => {
  it('say colour, size, shape and background', () => {
    expect(captions(scene(object(0, 'red', 'star')))).toEqual([
      'a small red star on a striped blue background',
      'a striped blue background with a small red star',
      'small red star, in front of stripes of blue',
    ]);
  });

  it('enumerate objects', () => {
    const [star, ring, drop] = [
      object(0.5, 'red', 'star'),
      object(1, 'green', 'ring'),
      object(0.2, 'red', 'drop'),
    ];
    expect(captions(scene(star, ring))[0]).toBe(
      'a medium-sized red star and a big green ring on a striped blue background',
    );
    expect(captions(scene(star, ring, drop))[2]).toBe(
      'medium-sized red star, big green ring and small red drop, in front of stripes of blue',
    );
  });
});
