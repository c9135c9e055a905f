import { expect, it } from '@jest/globals';
import { crop } from './crop.js';
import { expectOraclesBytes, oracle } from './oracle.testing.js';
import { PackedImage } from './packedImage.js';
import { packed } from './pictures.testing.js';
import { resample } from './resample.js';

it('crop has the bytes of a pad and a crop in torchvision', () => {
  expectOraclesBytes(oracle.randomCrop, (source, { left, top, size }, target) =>
    crop(source, { left, top, width: size, height: size }, target),
  );
});

it('crop and resize in one has the bytes of resized_crop in torchvision', () => {
  expectOraclesBytes(oracle.resizedCrop, (source, { box, size, interpolation }, target) => {
    const [left, top, width, height] = box;
    return resample(source, { left, top, width, height }, size, size, interpolation, target);
  });
});

it('crop leaves an image alone of which the box is all', () => {
  const image = packed('noise', 6, 4);
  const box = { left: 0, top: 0, width: 6, height: 4 };
  expect(crop(image, box, new PackedImage())).toBe(image);
  expect(resample(image, box, 6, 4, 'bicubic', new PackedImage())).toBe(image);
});
