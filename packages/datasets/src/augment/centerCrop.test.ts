import { expect, it } from '@jest/globals';
import { centerBox } from './centerCrop.js';
import { expectOraclesCrops, oracle } from './oracle.testing.js';

it('centerBox gives the bytes of torchvision, where it cuts and where it pads', () => {
  expectOraclesCrops(oracle.centerCrop, (image, { size }) => image.crop(centerBox(image, size)));
});

it('centerBox rounds half to even: of 341 columns, 224 begin at 58', () => {
  expect(centerBox({ width: 341, height: 224 }, 224)).toEqual({ left: 58, top: 0, width: 224, height: 224 });
});
