import { expect, it } from '@jest/globals';
import { horizontalFlip } from './horizontalFlip.js';
import { expectOraclesBytes, oracle } from './oracle.testing.js';
import { packed } from './pictures.testing.js';

it('horizontalFlip has the bytes of torchvision', () => {
  expectOraclesBytes(oracle.horizontalFlip, (image) => horizontalFlip(image));
});

it('horizontalFlip twice gives the image back', () => {
  const image = packed('noise', 5, 3);
  horizontalFlip(image);
  expect(image).not.toEqual(packed('noise', 5, 3));
  horizontalFlip(image);
  expect(image).toEqual(packed('noise', 5, 3));
});
