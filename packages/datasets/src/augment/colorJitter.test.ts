import { describe, expect, it } from '@jest/globals';
import { Rng } from '@hash/core/random';
import { colorJitter, drawColorJitter } from './colorJitter.js';
import { expectOraclesBytes, oracle } from './oracle.testing.js';
import { packed } from './pictures.testing.js';

describe('colorJitter', () => {
  it('has the bytes of torchvision on Pillow images, one adjustment after another', () => {
    expectOraclesBytes(oracle.colorJitter, (image, { adjustments }) => colorJitter(image, adjustments));
  });

  it('leaves an image alone without adjustments', () => {
    const image = packed('noise', 4, 4);
    colorJitter(image, []);
    expect(image).toEqual(packed('noise', 4, 4));
  });
});

describe('drawColorJitter', () => {
  it('draws amounts from their ranges, all of them', () => {
    const rng = new Rng('amounts');
    const strengths = { brightness: 0.4, contrast: 1.5, saturation: 0.2, hue: 0.1 };
    const draws = Array.from({ length: 2000 }, () => drawColorJitter(strengths, rng)).flat();
    const bounds = { brightness: [0.6, 1.4], contrast: [0, 2.5], saturation: [0.8, 1.2], hue: [-0.1, 0.1] };
    for (const [name, [low, high]] of Object.entries(bounds)) {
      const amounts = draws.filter(([what]) => what === name).map(([, amount]) => amount);
      expect(amounts).toHaveLength(2000);
      const margin = (high! - low!) / 100;
      expect(Math.min(...amounts)).toBeGreaterThanOrEqual(low!);
      expect(Math.min(...amounts)).toBeLessThan(low! + margin);
      expect(Math.max(...amounts)).toBeLessThanOrEqual(high!);
      expect(Math.max(...amounts)).toBeGreaterThan(high! - margin);
    }
  });

  it('draws all 24 orders, each about as often as any other', () => {
    const rng = new Rng('orders');
    const strengths = { brightness: 0.4, contrast: 0.4, saturation: 0.4, hue: 0.1 };
    const counts = new Map<string, number>();
    for (let i = 0; i < 4800; i++) {
      const order = drawColorJitter(strengths, rng)
        .map(([name]) => name)
        .join();
      counts.set(order, (counts.get(order) ?? 0) + 1);
    }
    expect(counts.size).toBe(24);
    for (const count of counts.values()) expect(Math.abs(count - 200)).toBeLessThan(70);
  });

  it('leaves out what has strength 0', () => {
    const names = drawColorJitter({ brightness: 0, contrast: 0.1, saturation: 0, hue: 0 }, new Rng(1));
    expect(names.map(([name]) => name)).toEqual(['contrast']);
  });
});
