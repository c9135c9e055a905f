import { expect, it } from '@jest/globals';
import { floatTable, writeFloats } from './normalize.js';
import { oracle } from './oracle.testing.js';
import { packed } from './pictures.testing.js';

it.each(oracle.normalize)(
  'writeFloats has the float32 values of ToTensor and Normalize (mean $mean, std $std)',
  ({ width, height, mean, std, expected }) => {
    const out = new Float32Array(expected.length + 7).fill(-9);
    writeFloats(packed('noise', width, height), floatTable(mean, std), out, 5);
    expect([...out.subarray(5, -2)]).toEqual(expected);
    expect([...out.subarray(0, 5), ...out.subarray(-2)]).toEqual(new Array(7).fill(-9));
  },
);
