import { describe, expect, it } from '@jest/globals';
import { PixelBuffer } from '../image/pixelBuffer.js';
import { gaussianBlur } from './gaussianBlur.js';
import { expectOraclesBytes, oracle } from './oracle.testing.js';
import { picture } from './pictures.testing.js';

describe('gaussianBlur', () => {
  it("has the bytes of Pillow's GaussianBlur, also where the boxes are wider than the image", () => {
    expectOraclesBytes(oracle.gaussianBlur, (source, { sigma }, target) =>
      gaussianBlur(source, sigma, target),
    );
  });

  it('leaves an image alone at sigma 0', () => {
    const image = picture('noise', 8, 8);
    expect(gaussianBlur(image, 0, new PixelBuffer())).toBe(image);
  });
});
