import { writeFile } from 'node:fs/promises';
import type { File, Group } from 'h5wasm/node';
import { replaceFileAtomically } from '../../io/writeFileAtomically.js';
import { countElements, type NumericArray } from '../numericArray.js';
import { loadHdf5, type Hdf5Library } from './hdf5Library.js';

/**
 * Writes arrays into a new HDF5 file, whole or not at all. Booleans are written as bytes.
 *
 * @param arrays  by their path from the root; groups on the way are made
 * @throws Error  where values do not fit their shape or are of half precision, which the library cannot write
 */
export async function writeHdf5(path: string, arrays: ReadonlyMap<string, NumericArray>): Promise<void> {
  for (const [name, array] of arrays) checkArray(`writeHdf5: ${name}`, array);
  const library = await loadHdf5();
  await replaceFileAtomically(path, async (temporary) => {
    // The system's own errors say more than the library's where a file cannot be made.
    await writeFile(temporary, '', { flag: 'wx' });
    writeAll(library, temporary, arrays);
  });
}

function checkArray(place: string, { dtype, shape, data }: NumericArray): void {
  if (dtype === 'float16' || dtype === 'bfloat16')
    throw new Error(`${place}: HDF5 files cannot be written with ${dtype}.`);
  if (data.length !== countElements(shape)) {
    throw new RangeError(
      `${place}: expected ${countElements(shape)} values for shape [${shape.join(', ')}], but got ${data.length}.`,
    );
  }
}

function writeAll(library: Hdf5Library, path: string, arrays: ReadonlyMap<string, NumericArray>): void {
  const file = library.open(path, 'w');
  try {
    library.run(() => {
      for (const [name, array] of arrays) writeArray(file, name, array);
    });
  } finally {
    library.close(file);
  }
}

function writeArray(file: File, name: string, { shape, data }: NumericArray): void {
  const names = name.split('/');
  const leaf = names.pop()!;
  const group = names.reduce<Group>((parent, child) => {
    const known = parent.keys().includes(child);
    return known ? (parent.get(child) as Group) : parent.create_group(child);
  }, file);
  group.create_dataset({ name: leaf, data, shape: [...shape] });
}
