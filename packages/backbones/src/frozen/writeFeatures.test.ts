import { readdirSync } from 'node:fs';
import { afterEach, beforeEach, expect, it } from '@jest/globals';
import {
  disposeParameters,
  imageTensor,
  INFERENCE,
  readSafetensors,
  Rng,
  tf,
  type Backbone,
} from '@hash/core';
import { openHdf5, readNpy, type NumericArray } from '@hash/core/files';
import { fakeBackbone, fakeDataset, temporaryFolder } from '@hash/core/testing';
import { writeFeatures } from './writeFeatures.js';

const folder = temporaryFolder(beforeEach, afterEach);
let backbone: Backbone;
beforeEach(() => {
  backbone = fakeBackbone(new Rng('backbone'));
});
afterEach(() => disposeParameters(backbone.parameters));

const { train } = fakeDataset({ rng: new Rng('data'), train: 40 });
const identity = null;

async function expected(): Promise<Float32Array> {
  for await (const { views } of train.batches({ batchSize: 40, views: [[]] })) {
    return tf.tidy(() => backbone.features(imageTensor(views[0]!), INFERENCE).pooled.dataSync<'float32'>());
  }
  throw new Error('no batch');
}

async function readBack(path: string): Promise<NumericArray> {
  if (path.endsWith('.npy')) return readNpy(path);
  if (path.endsWith('.safetensors'))
    return (await readSafetensors(path)).tensors.get('features') as NumericArray;
  const file = await openHdf5(path);
  const features = await file.read('features');
  await file.close();
  return features;
}

it.each(['.npy', '.safetensors', '.h5'])('writes %s', async (ending) => {
  const path = folder.join(`train${ending}`);
  const seen: number[] = [];
  await writeFeatures(path, backbone, train, {
    name: 'train',
    identity,
    onProgress: ({ done }) => seen.push(done),
  });
  expect(seen).toEqual([32, 40]);
  expect(await readBack(path)).toMatchObject({ dtype: 'float32', shape: [40, 6], data: await expected() });
  expect(readdirSync(folder.path)).toEqual([`train${ending}`]);
});

it('goes on where it was, unless something else is asked for', async () => {
  const path = folder.join('train.npy');
  const controller = new AbortController();
  const stopping = { ...train, async *batches(request: Parameters<typeof train.batches>[0]) {
    for await (const batch of train.batches(request)) {
      controller.signal.throwIfAborted();
      yield batch;
    }
  } }; // prettier-ignore
  const interrupted = writeFeatures(path, backbone, stopping, {
    name: 'train',
    identity,
    onProgress: () => controller.abort(new Error('enough')),
    signal: controller.signal,
  });
  await expect(interrupted).rejects.toThrow('enough');
  expect(readdirSync(folder.path)).toEqual([expect.stringMatching(/^train\.npy\.[0-9a-f]{8}\.npy\.part$/)]);
  const passed = async (options: { identity: unknown }): Promise<number> => {
    let images = 0;
    const counting: Backbone = {
      ...backbone,
      features(batch, pass) {
        images += batch.shape[0];
        return backbone.features(batch, pass);
      },
    };
    await writeFeatures(path, counting, train, { name: 'train', ...options });
    return images;
  };
  expect(await passed({ identity: 'other' })).toBe(40);
  expect(await passed({ identity })).toBe(8);
  expect((await readNpy(path)).data).toEqual(await expected());
});

it('refuses other endings', () =>
  expect(writeFeatures('f.csv', backbone, train, { name: 'train', identity })).rejects.toThrow(
    "writeFeatures: f.csv: expected a file name that ends in .npy, .safetensors, .h5, but got '.csv'.",
  ));
