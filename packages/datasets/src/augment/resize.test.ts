import { readFileSync } from 'node:fs';
import { expect, it } from '@jest/globals';
import type { Interpolation } from '@hash/core';
import { DeferredImage } from './deferredImage.js';
import { bytesOf, expectOraclesCrops, oracle } from './oracle.testing.js';
import { resizedSize } from './resize.js';

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

it("resizedSize gives torchvision's size, and scaling to it the bytes", () => {
  expectOraclesCrops(oracle.resize, (image, { size, interpolation }) =>
    image.scale(resizedSize(image, size), interpolation),
  );
});

it.each(resized.resize_shorter_side_size)('resizedSize of $w x $h is $out_w x $out_h', (given) => {
  const size = resizedSize({ width: given.w, height: given.h }, given.size);
  expect(size).toEqual({ width: given.out_w, height: given.out_h });
});

it.each(resized.cases)(
  'scaling changes the aspect ratio as Pillow does ($filter to $out_w x $out_h)',
  (given) => {
    const image = new DeferredImage();
    const data = Uint8Array.from(given.in_HWC.flat(2));
    image.load({ width: given.in_HWC[0]!.length, height: given.in_HWC.length, data });
    image.scale({ width: given.out_w, height: given.out_h }, given.filter);
    expect([...bytesOf(image.pixels())]).toEqual(given.expected_HWC.flat(2));
  },
);
