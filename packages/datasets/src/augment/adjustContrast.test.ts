import { it } from '@jest/globals';
import { adjustBrightness, adjustContrast } from './adjustContrast.js';
import { expectOraclesBytes, oracle } from './oracle.testing.js';

it('adjustBrightness has the bytes of torchvision on Pillow images', () => {
  expectOraclesBytes(oracle.brightness, (source, { amount }, target) =>
    adjustBrightness(source, amount, target),
  );
});

it('adjustContrast has the bytes of torchvision on Pillow images', () => {
  expectOraclesBytes(oracle.contrast, (source, { amount }, target) => adjustContrast(source, amount, target));
});
