import { describe, expect, it } from '@jest/globals';
import { OUTLINES, REACH, SHAPE_NAMES } from './outline.js';

/** The share of a fine grid on [-1.2, 1.2]² that is inside, times the area of the square. */
function area(shape: (typeof SHAPE_NAMES)[number]): number {
  const steps = 140;
  let inside = 0;
  for (let i = 0; i < steps; i++) {
    for (let j = 0; j < steps; j++) {
      const at = (k: number) => ((k + 0.5) / steps) * 2.4 - 1.2;
      if (OUTLINES[shape](at(i), at(j)) < 0) inside++;
    }
  }
  return (inside / steps ** 2) * 2.4 ** 2;
}

describe('OUTLINES', () => {
  it.each([
    ['circle', Math.PI * 0.92 ** 2],
    ['square', 1.56 ** 2],
    ['triangle', (1.88 * 1.64) / 2],
    ['star', 10 * 0.5 * 1.08 * 0.45 * Math.sin(Math.PI / 5)],
    ['cross', 2 * 2 * 0.64 - 0.64 ** 2],
    ['ring', Math.PI * (0.94 ** 2 - 0.46 ** 2)],
    // A square, and two half discs on its upper sides.
    ['heart', 2 * 0.84 ** 2 + Math.PI * (0.42 * Math.SQRT2) ** 2],
    ['arrow', 1.08 * 0.6 + 0.5 * 0.97 * 1.64],
    ['hexagon', 0.83 * (0.96 + 1.92)],
  ] as const)('has the area of a %s', (shape, expected) => {
    expect(Math.abs(area(shape) - expected)).toBeLessThan(0.03);
  });

  it.each(SHAPE_NAMES)('keeps a %s within reach', (shape) => {
    for (let i = 0; i < 360; i++) {
      const [x, y] = [REACH * Math.cos((i * Math.PI) / 180), REACH * Math.sin((i * Math.PI) / 180)];
      expect(OUTLINES[shape](x, y)).toBeGreaterThan(0);
    }
    expect(area(shape)).toBeGreaterThan(0.5);
  });

  it('measures how far a point is from the edge', () => {
    expect(OUTLINES.circle(3, 4)).toBeCloseTo(5 - 0.92, 12);
    expect(OUTLINES.square(0, 0)).toBeCloseTo(-0.78, 12);
    expect(OUTLINES.square(2.78, 3.78)).toBeCloseTo(Math.hypot(2, 3), 12);
    expect(OUTLINES.square(0, -1)).toBeCloseTo(0.22, 12);
    expect(OUTLINES.ring(0, 0)).toBeCloseTo(0.46, 12);
  });

  it('points a star upwards, with five corners', () => {
    const outer = Array.from({ length: 5 }, (_, i) => (i * 2 * Math.PI) / 5 - Math.PI / 2);
    for (const angle of outer) {
      expect(OUTLINES.star(1.08 * Math.cos(angle), 1.08 * Math.sin(angle))).toBeCloseTo(0, 12);
    }
  });
});
