import { expect, it } from '@jest/globals';
import { PixelBuffer } from '../image/pixelBuffer.js';
import { horizontalFlip } from './horizontalFlip.js';
import { expectOraclesBytes, oracle } from './oracle.testing.js';
import { picture } from './pictures.testing.js';

it('horizontalFlip has the bytes of torchvision', () => {
  expectOraclesBytes(oracle.horizontalFlip, (source, _, target) => horizontalFlip(source, target));
});

it('horizontalFlip twice gives the image back', () => {
  const image = picture('noise', 5, 3);
  const once = horizontalFlip(image, new PixelBuffer());
  expect(once.data).not.toEqual(image.data);
  expect(horizontalFlip(once, new PixelBuffer()).data).toEqual(image.data);
});
