import { describe, expect, it } from '@jest/globals';
import type { Batch } from '../contracts/dataset.js';
import { Rng } from '../random/rng.js';
import { fakeDataset } from '../testing/fakeDataset.js';
import { tf } from '../tf.js';
import { encodeSamples } from './encodeSamples.js';
import { epochBatches, stepsPerEpoch } from './epochBatches.js';
import { imageTensor } from './imageTensor.js';

const { train } = fakeDataset({ rng: new Rng(1), train: 10 });
const options = { batchSize: 4, views: [[], []] };

async function collect(epoch: number, firstStep = 0): Promise<Batch[]> {
  const batches: Batch[] = [];
  for await (const batch of epochBatches(train, { epoch, firstStep, rng: new Rng(7) }, options))
    batches.push(batch);
  return batches;
}

describe('epochBatches', () => {
  it('takes each sample once, in another order in each epoch', async () => {
    const [first, second] = [await collect(0), await collect(1)];
    const order = (batches: Batch[]) => batches.flatMap(({ indices }) => [...indices]);
    expect(order(first).sort((a, b) => a - b)).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8, 9]);
    expect(order(await collect(0))).not.toEqual(order(second));
  });

  it('from a step on yields what the whole epoch has from there on, to the same pixels', async () => {
    expect(await collect(2, 1)).toEqual((await collect(2)).slice(1));
  });

  it('draws two different views of an image', async () => {
    const [{ views }] = (await collect(0)) as [Batch];
    expect(views[0]!.data).not.toEqual(views[1]!.data);
  });

  it('counts its steps', () => {
    expect(stepsPerEpoch(train, options)).toBe(3);
    expect(stepsPerEpoch(train, { ...options, dropLast: true })).toBe(2);
  });
});

describe('encodeSamples', () => {
  it('keeps the order over batches and takes 0 as bit 1', async () => {
    const codes = await encodeSamples(train, { batchSize: 4, views: [[]] }, ({ indices }) =>
      tf.tensor2d(Array.from(indices, (i) => [i % 2 === 0 ? 0 : -1, i - 4.5])),
    );
    expect(codes).toMatchObject({ count: 10, bits: 2 });
    expect([...codes.data]).toEqual([1, 0, 1, 0, 1, 2, 3, 2, 3, 2]);
  });
});

it('imageTensor keeps the shape', () => {
  const tensor = imageTensor({ data: new Float32Array(24), shape: [2, 2, 2, 3] });
  expect(tensor.shape).toEqual([2, 2, 2, 3]);
});
