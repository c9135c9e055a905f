import { it } from '@jest/globals';
import { grayscale, grayscalePlainly } from './grayscale.js';
import { expectOraclesBytes, oracle } from './oracle.testing.js';

it.each([grayscale, grayscalePlainly])('%p has the bytes of torchvision on Pillow images', (run) => {
  expectOraclesBytes(oracle.grayscale, (image) => run(image));
});
