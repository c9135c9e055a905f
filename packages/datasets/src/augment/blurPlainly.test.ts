import { expect, it } from '@jest/globals';
import { Rng } from '@hash/core/random';
import { blurPlainly } from './blurPlainly.js';
import { boxFilterOf } from './boxFilter.js';
import { gaussianBlur, MAX_SIGMA } from './gaussianBlur.js';
import { packed } from './pictures.testing.js';

// That both are right is for the test of `gaussianBlur`, which compares with Pillow.
it('blurPlainly gives the pixels of the kernels', () => {
  const rng = new Rng('blur');
  for (const sigma of [0.1, 0.8, 1.9, 7, MAX_SIGMA]) {
    const [width, height] = [1 + rng.int(40), 1 + rng.int(40)];
    const [plain, other] = [packed('noise', width, height), packed('noise', width, height)];
    blurPlainly(plain, boxFilterOf(sigma));
    gaussianBlur(other, sigma);
    expect(plain.pixels).toEqual(other.pixels);
  }
});
