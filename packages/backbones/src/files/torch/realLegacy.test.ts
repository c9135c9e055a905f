import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from '@jest/globals';
import { toFloat32 } from '@hash/core/files';
import { openTorch } from './openTorch.js';

// A ResNet-20 of CIFAR-10, saved before PyTorch 1.6 as nn.DataParallel has it, under `state_dict` beside its accuracy.
const published = join(process.env['HASH_DATA'] ?? '', 'weights', 'resnet20-12fca82f.th');
const present = existsSync(published);
if (!present) {
  console.warn(
    `Skipped the test of a real legacy file (HASH_DATA names the folder of data sets): there is no ${published}.`,
  );
}

type Shapes = Record<string, readonly number[]>;

function normalised(conv: string, norm: string, [outputs, inputs]: readonly [number, number]): Shapes {
  const moments = ['weight', 'bias', 'running_mean', 'running_var'].map((name) => [
    `${norm}.${name}`,
    [outputs],
  ]);
  return { [`${conv}.weight`]: [outputs, inputs, 3, 3], ...(Object.fromEntries(moments) as Shapes) };
}

/** Three stages of three blocks of two convolutions; where the width changes, shortcuts have no parameters. */
function shapesOfResNet20(): Shapes {
  const shapes = normalised('conv1', 'bn1', [16, 3]);
  let inputs = 16;
  for (const [stage, width] of [16, 32, 64].entries()) {
    for (const block of [0, 1, 2]) {
      const place = `layer${stage + 1}.${block}`;
      Object.assign(shapes, normalised(`${place}.conv1`, `${place}.bn1`, [width, inputs]));
      Object.assign(shapes, normalised(`${place}.conv2`, `${place}.bn2`, [width, width]));
      inputs = width;
    }
  }
  return { ...shapes, 'linear.weight': [10, 64], 'linear.bias': [10] };
}

(present ? it : it.skip)('reads a legacy file that others published', async () => {
  const file = await openTorch(published);
  const shapes = [...file.arrays].map(([name, { dtype, shape }]) => [name, dtype, shape]);
  expect(shapes).toEqual(Object.entries(shapesOfResNet20()).map(([name, shape]) => [name, 'float32', shape]));
  const all = await Promise.all([...file.arrays.keys()].map((name) => file.read(name)));
  await file.close();
  const values = all.flatMap((array) => [...toFloat32(array)]);
  expect(values).toHaveLength(271_098);
  // What PyTorch finds in it, in float64.
  const sum = (numbers: readonly number[]) => numbers.reduce((total, value) => total + value, 0);
  expect(sum(values)).toBeCloseTo(139.78264955982084, 6);
  expect(sum(values.map((value) => value ** 2))).toBeCloseTo(10987.817166808309, 5);
  expect(values[3 * 27 + 1 * 9 + 2 * 3 + 0]).toBe(0.3646408021450043); // conv1.weight[3, 1, 2, 0]
  expect(values.at(-1)).toBe(-0.27025941014289856); // linear.bias[9]
});
