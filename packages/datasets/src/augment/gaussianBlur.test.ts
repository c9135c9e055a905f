import { describe, expect, it } from '@jest/globals';
import { gaussianBlur } from './gaussianBlur.js';
import { expectOraclesBytes, oracle } from './oracle.testing.js';
import { packed } from './pictures.testing.js';

describe('gaussianBlur', () => {
  it("has the bytes of Pillow's GaussianBlur, also where the boxes are wider than the image", () => {
    expectOraclesBytes(oracle.gaussianBlur, (image, { sigma }) => gaussianBlur(image, sigma));
  });

  it('leaves an image alone at sigma 0', () => {
    const image = packed('noise', 8, 8);
    gaussianBlur(image, 0);
    expect(image).toEqual(packed('noise', 8, 8));
  });
});
