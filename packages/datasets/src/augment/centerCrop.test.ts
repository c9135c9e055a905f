import { describe, expect, it } from '@jest/globals';
import { centerCrop } from './centerCrop.js';
import { expectOraclesBytes, oracle } from './oracle.testing.js';
import { PackedImage } from './packedImage.js';
import { packed } from './pictures.testing.js';

describe('centerCrop', () => {
  it('has the bytes of torchvision, where it cuts and where it pads', () => {
    expectOraclesBytes(oracle.centerCrop, (source, { size }, target) => centerCrop(source, size, target));
  });

  it('rounds half to even: of 341 columns, 224 begin at 58', () => {
    const image = packed('gradient', 341, 224);
    expect(centerCrop(image, 224, new PackedImage()).pixels[0]).toBe(image.pixels[58]);
  });

  it('leaves an image of this size alone', () => {
    const image = packed('noise', 8, 8);
    expect(centerCrop(image, 8, new PackedImage())).toBe(image);
  });
});
