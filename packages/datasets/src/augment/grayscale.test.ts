import { it } from '@jest/globals';
import { grayscale } from './grayscale.js';
import { expectOraclesBytes, oracle } from './oracle.testing.js';

it('grayscale has the bytes of torchvision on Pillow images', () => {
  expectOraclesBytes(oracle.grayscale, (image) => grayscale(image));
});
