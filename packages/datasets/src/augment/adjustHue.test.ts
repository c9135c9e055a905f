import { it } from '@jest/globals';
import { adjustHue } from './adjustHue.js';
import { expectOraclesBytes, oracle } from './oracle.testing.js';

it('adjustHue has the bytes of torchvision on Pillow images, colours of every kind', () => {
  expectOraclesBytes(oracle.hue, (image, { amount }) => adjustHue(image, amount));
});
