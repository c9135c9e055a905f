import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { writeSafetensors } from '../io/writeSafetensors.js';
import { temporaryFolder } from '../testing/temporaryFolder.js';
import { writeHdf5 } from './hdf5/writeHdf5.js';
import { writeMat } from './mat/writeMat.js';
import { openArrays } from './openArrays.js';
import { writeNpy } from './writeNpy.js';

const folder = temporaryFolder(beforeEach, afterEach);

const array = { dtype: 'float32', shape: [1, 2], data: Float32Array.of(1, 2) } as const;
const named = new Map([['codes', array]]);

describe('openArrays', () => {
  it.each<[string, (path: string) => Promise<unknown>]>([
    ['codes.npy', (path) => writeNpy(path, array)],
    ['x.mat', (path) => writeMat(path, named)],
    ['x.h5', (path) => writeHdf5(path, named)],
    ['x.HDF5', (path) => writeHdf5(path, named)],
    ['x.safetensors', (path) => writeSafetensors(path, named)],
  ])('opens %s by its name', async (name, write) => {
    const path = folder.join(name);
    await write(path);
    const file = await openArrays(path);
    expect([...file.arrays.keys()]).toEqual(['codes']);
    expect(file.arrays.get('codes')).toMatchObject({ dtype: 'float32', shape: [1, 2] });
    expect([...(await file.read('codes')).data]).toEqual([1, 2]);
    await expect(file.read('other')).rejects.toThrow(`${path}: other`);
    await file.close();
  });

  it('refuses other names', () =>
    expect(openArrays('codes.pkl')).rejects.toThrow(
      'codes.pkl: expected a file named *.npy, *.npz, *.safetensors, *.mat, *.h5, *.hdf5.',
    ));
});
