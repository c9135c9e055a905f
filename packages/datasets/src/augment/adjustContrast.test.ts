import { it } from '@jest/globals';
import { adjustBrightness, adjustContrast } from './adjustContrast.js';
import { expectOraclesBytes, oracle } from './oracle.testing.js';

it('adjustBrightness has the bytes of torchvision on Pillow images', () => {
  expectOraclesBytes(oracle.brightness, (image, { amount }) => adjustBrightness(image, amount));
});

it('adjustContrast has the bytes of torchvision on Pillow images', () => {
  expectOraclesBytes(oracle.contrast, (image, { amount }) => adjustContrast(image, amount));
});
