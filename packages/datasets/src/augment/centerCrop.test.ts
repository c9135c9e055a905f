import { describe, expect, it } from '@jest/globals';
import { PixelBuffer } from '../image/pixelBuffer.js';
import { centerCrop } from './centerCrop.js';
import { expectOraclesBytes, oracle } from './oracle.testing.js';
import { picture } from './pictures.testing.js';

describe('centerCrop', () => {
  it('has the bytes of torchvision, where it cuts and where it pads', () => {
    expectOraclesBytes(oracle.centerCrop, (source, { size }, target) => centerCrop(source, size, target));
  });

  it('rounds half to even: of 341 columns, 224 begin at 58', () => {
    const image = picture('gradient', 341, 224);
    const { data } = centerCrop(image, 224, new PixelBuffer());
    expect([...data.subarray(0, 3)]).toEqual([...image.data.subarray(58 * 3, 59 * 3)]);
  });

  it('leaves an image of this size alone', () => {
    const image = picture('noise', 8, 8);
    expect(centerCrop(image, 8, new PixelBuffer())).toBe(image);
  });
});
