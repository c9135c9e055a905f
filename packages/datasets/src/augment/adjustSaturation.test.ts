import { it } from '@jest/globals';
import { adjustSaturation, adjustSaturationPlainly } from './adjustSaturation.js';
import { expectOraclesBytes, oracle } from './oracle.testing.js';

it.each([adjustSaturation, adjustSaturationPlainly])(
  '%p has the bytes of torchvision on Pillow images',
  (adjust) => {
    expectOraclesBytes(oracle.saturation, (image, { amount }) => adjust(image, amount));
  },
);
