import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { writeHdf5, type NumericArray } from '@hash/core/files';
import { temporaryFolder } from '@hash/core/testing/temporaryFolder';
import { openKeras } from './openKeras.js';

const folder = temporaryFolder(beforeAll, afterAll);

const value = (...data: number[]): NumericArray => ({
  dtype: 'float32',
  shape: [data.length],
  data: Float32Array.from(data),
});

async function fileWith(name: string, arrays: Readonly<Record<string, NumericArray>>): Promise<string> {
  const path = folder.join(name);
  await writeHdf5(path, new Map(Object.entries(arrays)));
  return path;
}

it.each([
  ['weights', 'Conv1/Conv1/kernel:0'],
  ['a model with its optimiser', 'model_weights/Conv1/Conv1/kernel:0'],
  ['a model inside another', 'encoder/Conv1/kernel:0'],
  ['weights as Keras 3 names them', 'Conv1/kernel'],
])('names arrays by layer and weight in %s', async (name, place) => {
  const optimizer: Record<string, NumericArray> = place.startsWith('model')
    ? { 'optimizer_weights/Adam/Conv1/kernel:0': value(7) }
    : {};
  const path = await fileWith(`${name}.h5`, { ...optimizer, [place]: value(1, 2) });
  const file = await openKeras(path);
  expect([...file.arrays]).toEqual([['Conv1/kernel', { dtype: 'float32', shape: [2] }]]);
  expect((await file.read('Conv1/kernel')).data).toEqual(Float32Array.of(1, 2));
  await expect(file.read('Conv2/kernel')).rejects.toThrow(/Conv2\/kernel/);
  await file.close();
});

it('refuses two arrays of one name', async () => {
  const path = await fileWith('twice.h5', { 'a/Conv1/kernel:0': value(1), 'b/Conv1/kernel:0': value(2) });
  await expect(openKeras(path)).rejects.toThrow(
    `${path}: expected one array Conv1/kernel, but found a/Conv1/kernel:0 and b/Conv1/kernel:0.`,
  );
});
