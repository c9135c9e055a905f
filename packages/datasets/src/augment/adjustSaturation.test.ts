import { it } from '@jest/globals';
import { adjustSaturation } from './adjustSaturation.js';
import { expectOraclesBytes, oracle } from './oracle.testing.js';

it('adjustSaturation has the bytes of torchvision on Pillow images', () => {
  expectOraclesBytes(oracle.saturation, (image, { amount }) => adjustSaturation(image, amount));
});
