import { describe, expect, it } from '@jest/globals';
import { centerBox } from './centerCrop.js';
import { expectOraclesCrops, oracle } from './oracle.testing.js';
import { deferred } from './pictures.testing.js';
import { resizedSize } from './resize.js';

describe('DeferredImage', () => {
  it('crops to the bytes of a pad and a crop in torchvision', () => {
    expectOraclesCrops(oracle.randomCrop, (image, { left, top, size }) =>
      image.crop({ left, top, width: size, height: size }),
    );
  });

  it('crops and scales to the bytes of resized_crop in torchvision', () => {
    expectOraclesCrops(oracle.resizedCrop, (image, { box, size, interpolation }) => {
      const [left, top, width, height] = box;
      image.crop({ left, top, width, height });
      image.scale({ width: size, height: size }, interpolation);
    });
  });

  it('scales, crops, crops and scales to the bytes of torchvision, which does it step by step', () => {
    expectOraclesCrops(oracle.chain, (image, { resize, centerCrop, box, size, interpolation }) => {
      const [left, top, width, height] = box;
      image.scale(resizedSize(image, resize), interpolation);
      image.crop(centerBox(image, centerCrop));
      image.crop({ left, top, width, height });
      image.scale({ width: size, height: size }, interpolation);
    });
  });

  it('pads what it has scaled', () => {
    const [once, stepwise] = [deferred('noise', 9, 7), deferred('noise', 9, 7)];
    const box = { left: -2, top: 3, width: 8, height: 5 };
    once.scale({ width: 12, height: 6 }, 'bicubic');
    once.crop(box);
    stepwise.scale({ width: 12, height: 6 }, 'bicubic');
    stepwise.pixels();
    stepwise.crop(box);
    expect(once.pixels()).toEqual(stepwise.pixels());
  });

  it('knows its size before it has done anything', () => {
    const image = deferred('noise', 9, 7);
    image.scale({ width: 30, height: 20 }, 'bilinear');
    image.crop({ left: 5, top: 6, width: 11, height: 13 });
    expect([image.width, image.height]).toEqual([11, 13]);
  });

  it('does nothing where there is nothing to do', () => {
    const image = deferred('noise', 6, 4);
    const pixels = image.pixels();
    image.crop({ left: 0, top: 0, width: 6, height: 4 });
    image.scale({ width: 6, height: 4 }, 'bicubic');
    expect(image.pixels()).toBe(pixels);
  });
});
