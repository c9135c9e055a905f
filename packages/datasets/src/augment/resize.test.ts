import { readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import type { Interpolation } from '@hash/core';
import { bytesOf, expectOraclesBytes, oracle } from './oracle.testing.js';
import { PackedImage } from './packedImage.js';
import { packed } from './pictures.testing.js';
import { resample } from './resample.js';
import { resize } from './resize.js';

interface Resized {
  readonly cases: readonly {
    filter: Interpolation;
    in_HWC: number[][][];
    out_h: number;
    out_w: number;
    expected_HWC: number[][][];
  }[];
  readonly resize_shorter_side_size: readonly Record<'w' | 'h' | 'size' | 'out_w' | 'out_h', number>[];
}

const resized = JSON.parse(
  readFileSync(new URL('../../fixtures/resize.json', import.meta.url), 'utf8'),
) as Resized;

describe('resize', () => {
  it('has the bytes of torchvision on Pillow images', () => {
    expectOraclesBytes(oracle.resize, (source, { size, interpolation }, target) =>
      resize(source, size, interpolation, target),
    );
  });

  it.each(resized.resize_shorter_side_size)('scales $w x $h to $out_w x $out_h', (given) => {
    const { width, height } = resize(
      packed('gray', given.w, given.h),
      given.size,
      'bilinear',
      new PackedImage(),
    );
    expect([width, height]).toEqual([given.out_w, given.out_h]);
  });

  it('leaves an image of this size alone', () => {
    const image = packed('noise', 32, 40);
    expect(resize(image, 32, 'bicubic', new PackedImage())).toBe(image);
  });
});

describe('resample', () => {
  it.each(resized.cases)('changes the aspect ratio as Pillow does ($filter to $out_w x $out_h)', (given) => {
    const height = given.in_HWC.length;
    const width = given.in_HWC[0]!.length;
    const image = new PackedImage().copy({ width, height, data: Uint8Array.from(given.in_HWC.flat(2)) });
    const box = { left: 0, top: 0, width, height };
    const result = resample(image, box, given.out_w, given.out_h, given.filter, new PackedImage());
    expect([...bytesOf(result)]).toEqual(given.expected_HWC.flat(2));
  });
});
