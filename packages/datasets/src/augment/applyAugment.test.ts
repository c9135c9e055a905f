import { describe, expect, it } from '@jest/globals';
import type { AugmentSpec } from '@hash/core';
import { Rng } from '@hash/core/random';
import type { RgbImage } from '../image/rgbImage.js';
import { applyAugment } from './applyAugment.js';
import { compileAugment } from './compileAugment.js';
import { picture } from './pictures.testing.js';

const views: AugmentSpec = [
  { op: 'resize', size: 32 },
  { op: 'centerCrop', size: 32 },
  { op: 'randomResizedCrop', size: 32, scale: [0.2, 1] },
  { op: 'colorJitter', brightness: 0.4, contrast: 0.4, saturation: 0.4, hue: 0.1, probability: 0.8 },
  { op: 'randomGrayscale', probability: 0.2 },
  { op: 'gaussianBlur', sigma: [0.1, 2], probability: 0.5 },
  { op: 'randomHorizontalFlip' },
  { op: 'normalize', mean: [0.485, 0.456, 0.406], std: [0.229, 0.224, 0.225] },
];

function apply(spec: AugmentSpec, image: RgbImage, rng?: Rng): number[] {
  const compiled = compileAugment(spec, 'test');
  const out = new Float32Array(compiled.size ** 2 * 3);
  applyAugment(compiled, image, rng, out, 0);
  return [...out];
}

describe('applyAugment', () => {
  it('writes x / 255 without normalize, where offset says, and nowhere else', () => {
    const image = picture('noise', 4, 4);
    const out = new Float32Array(60).fill(-9);
    applyAugment(compileAugment([{ op: 'centerCrop', size: 4 }], 'test'), image, undefined, out, 7);
    const expected = Array.from(image.data, (value) => Math.fround(value / 255));
    expect([...out]).toEqual([
      ...new Array<number>(7).fill(-9),
      ...expected,
      ...new Array<number>(5).fill(-9),
    ]);
  });

  it('gives the same for the same seed, something else for another, and leaves the image as it was', () => {
    const image = picture('gradient', 40, 36);
    const compiled = compileAugment(views, 'test');
    const draw = (seed: number) => {
      const out = new Float32Array(32 * 32 * 3);
      applyAugment(compiled, image, new Rng(seed), out, 0);
      return out;
    };
    const first = draw(1);
    const others = Array.from({ length: 20 }, (_, i) => draw(i + 2));
    expect(Buffer.compare(Buffer.from(draw(1).buffer), Buffer.from(first.buffer))).toBe(0);
    for (const other of others) {
      expect(Buffer.compare(Buffer.from(other.buffer), Buffer.from(first.buffer))).not.toBe(0);
      expect(other.every((value) => value > -2.2 && value < 2.7)).toBe(true);
    }
    expect(Buffer.compare(image.data, picture('gradient', 40, 36).data)).toBe(0);
  });

  it.each<[AugmentSpec[number], (image: RgbImage, out: Float32Array) => boolean]>([
    [{ op: 'randomHorizontalFlip', probability: 0.3 }, changed],
    [{ op: 'randomGrayscale', probability: 0.3 }, (_, out) => out[0] === out[1] && out[1] === out[2]],
    [{ op: 'colorJitter', brightness: 0.5, probability: 0.3 }, changed],
    [{ op: 'gaussianBlur', sigma: [1, 2], probability: 0.3 }, changed],
  ])('happens with its probability: %j', (op, happened) => {
    const image = {
      width: 3,
      height: 3,
      data: Uint8Array.from({ length: 27 }, (_, i) => 51 * ((i * 2) % 5)),
    };
    const rng = new Rng('chances');
    const compiled = compileAugment([{ op: 'centerCrop', size: 3 }, op], 'test');
    const out = new Float32Array(27);
    let count = 0;
    for (let i = 0; i < 2000; i++) {
      applyAugment(compiled, image, rng, out, 0);
      if (happened(image, out)) count++;
    }
    // 600 expected, of a deviation of 20.
    expect(Math.abs(count - 600)).toBeLessThan(90);
  });

  it('has its ops in their order', () => {
    const white = { width: 2, height: 2, data: new Uint8Array(12).fill(255) };
    const crop = { op: 'randomCrop', size: 2 } as const;
    const pad = { op: 'centerCrop', size: 4 } as const;
    expect(apply([crop, pad], white, new Rng(1)).filter((value) => value === 1)).toHaveLength(12);
    expect(apply([pad, { ...crop, size: 4 }], white, new Rng(1)).filter((x) => x === 1)).toHaveLength(12);
    expect(apply([pad, { op: 'resize', size: 2 }], white)).not.toContain(1);
  });

  it('needs a generator for random ops', () => {
    expect(() => apply(views, picture('gray', 32, 32))).toThrow(
      new TypeError('applyAugment: test: expected a generator for its random ops, but got none.'),
    );
  });

  it('needs all the bytes of an image', () => {
    const compiled = compileAugment([{ op: 'centerCrop', size: 4 }], 'val view');
    const cut = { ...picture('gray', 4, 4), data: new Uint8Array(47) };
    expect(() => applyAugment(compiled, cut, undefined, new Float32Array(48), 0)).toThrow(
      new RangeError('applyAugment: val view: expected image.data to have at least 48 values, but got 47.'),
    );
  });

  it('needs room in out', () => {
    const compiled = compileAugment([{ op: 'centerCrop', size: 4 }], 'val view');
    expect(() => applyAugment(compiled, picture('gray', 4, 4), undefined, new Float32Array(50), 3)).toThrow(
      new RangeError('applyAugment: val view: expected out to have at least 51 values, but got 50.'),
    );
  });
});

function changed({ data }: RgbImage, out: Float32Array): boolean {
  return out.some((value, i) => value !== Math.fround(data[i]! / 255));
}
