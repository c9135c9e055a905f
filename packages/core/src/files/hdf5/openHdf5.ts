import { access, constants, stat } from 'node:fs/promises';
import type { Dataset, File, Metadata } from 'h5wasm/node';
import type { ArrayFile } from '../arrayFile.js';
import type { ArrayInfo, ElementType, NumericArray, NumericData } from '../numericArray.js';
import { loadHdf5, type Hdf5Library } from './hdf5Library.js';
import { describeType, elementTypeOf, otherTypeOf } from './hdf5Type.js';
import { readRowsOf } from './readRowsOf.js';

/** What an attribute holds. */
export type Hdf5Value = string | number | bigint | readonly string[] | NumericData;

/** What a file says of a dataset. */
export interface Hdf5Info {
  readonly dtype: ElementType | 'string' | 'reference' | 'other';
  readonly shape: readonly number[];
}

/**
 * Opens an HDF5 file: Keras's weights, MATLAB's v7.3, what h5py wrote. Only what is asked for is read. What the
 * library keeps of a file that it could not read to its end is gone once every file is closed.
 *
 * @throws Error  that names the file, and says why HDF5 cannot open it
 */
export async function openHdf5(path: string): Promise<Hdf5File> {
  await access(path, constants.R_OK);
  const { size } = await stat(path);
  const library = await loadHdf5();
  return new Hdf5File(library, path, size);
}

/**
 * An open HDF5 file. Objects are named by their path from the root, as `model_weights/dense/kernel:0`; the root is ''.
 * The library reads synchronously. Errors name the file and the object.
 */
export class Hdf5File implements ArrayFile {
  readonly path: string;
  readonly #library: Hdf5Library;
  readonly #file: File;
  readonly #size: number;
  #open = true;
  #arrays: ReadonlyMap<string, ArrayInfo> | undefined;
  #names: ReadonlyMap<string, string> | undefined;

  /** @param size  of the file, in bytes */
  constructor(library: Hdf5Library, path: string, size: number) {
    this.path = path;
    this.#library = library;
    this.#size = size;
    this.#file = this.#named('', () => library.open(path, 'r'));
  }

  /** Every array of numbers in the file, found at the first use. */
  get arrays(): ReadonlyMap<string, ArrayInfo> {
    return (this.#arrays ??= this.#findArrays());
  }

  /** Names of the members of a group, each relative to it. */
  members(group = ''): readonly string[] {
    return this.#call(group, () => {
      const found = group === '' ? this.#file : this.#file.get(group);
      if (found instanceof this.#library.Group) return found.keys();
      throw new Error('expected a group');
    });
  }

  kind(name: string): 'group' | 'dataset' | undefined {
    const found = this.#call(name, () => this.#file.get(name));
    if (found instanceof this.#library.Dataset) return 'dataset';
    return found instanceof this.#library.Group ? 'group' : undefined;
  }

  /** @throws Error  where there is no such dataset */
  info(name: string): Hdf5Info {
    const { metadata } = this.#dataset(name);
    return { dtype: elementTypeOf(metadata) ?? otherTypeOf(metadata), shape: metadata.shape ?? [0] };
  }

  attributeNames(name: string): readonly string[] {
    return this.#call(name, () => this.#library.module.get_attribute_names(this.#file.file_id, `/${name}`));
  }

  /** An attribute of a group or dataset; undefined where there is none, or it holds neither numbers nor strings. */
  attribute(name: string, key: string): Hdf5Value | undefined {
    if (!this.attributeNames(name).includes(key)) return undefined;
    return this.#call(`${name}@${key}`, () => {
      const { file_id: id } = this.#file;
      const metadata = this.#library.module.get_attribute_metadata(id, `/${name}`, key);
      if (elementTypeOf(metadata) === undefined && otherTypeOf(metadata) !== 'string') return undefined;
      return (new this.#library.Group(id, `/${name}`).get_attribute(key, false) ?? undefined) as Hdf5Value;
    });
  }

  /** Reads a whole array of numbers. */
  read(name: string): Promise<NumericArray> {
    return Promise.resolve().then(() => this.readRows(name, 0, Infinity));
  }

  /**
   * Reads rows of an array: indices of its first axis.
   *
   * @param from  the first row
   * @param to    the row after the last one; those that there are not are left out
   */
  readRows(name: string, from: number, to: number): NumericArray {
    const dataset = this.#dataset(name);
    const info = this.#arrayInfo(name, dataset.metadata);
    const rows = { from, to, fileSize: this.#size };
    return this.#call(name, () => readRowsOf(this.#library, dataset, info, rows));
  }

  /** Reads a dataset of strings; a single one comes as a list of one. */
  readStrings(name: string): readonly string[] {
    const dataset = this.#dataset(name);
    this.#expect(otherTypeOf(dataset.metadata) === 'string', name, 'strings', dataset.metadata);
    const value = this.#call(name, () => dataset.value) as string | readonly string[];
    return typeof value === 'string' ? [value] : value;
  }

  /** The names of what a dataset of references refers to. */
  readReferences(name: string): readonly string[] {
    const dataset = this.#dataset(name);
    this.#expect(otherTypeOf(dataset.metadata) === 'reference', name, 'references', dataset.metadata);
    return this.#call(name, () => {
      const names = (this.#names ??= this.#namesByAddress());
      const references = [dataset.value].flat() as { readonly ref_data: Uint8Array }[];
      return references.map(({ ref_data: address }, i) => {
        const target = names.get(keyOf(address));
        if (target === undefined) throw new Error(`expected reference ${i} to lead to an object of the file`);
        return target;
      });
    });
  }

  close(): Promise<void> {
    return Promise.resolve().then(() => {
      if (!this.#open) return;
      this.#open = false;
      this.#named('', () => this.#library.close(this.#file));
    });
  }

  #findArrays(): ReadonlyMap<string, ArrayInfo> {
    const arrays = new Map<string, ArrayInfo>();
    for (const name of this.#call('', () => this.#file.paths())) {
      if (this.kind(name) !== 'dataset') continue;
      const { metadata } = this.#dataset(name);
      const dtype = elementTypeOf(metadata);
      if (dtype !== undefined && metadata.shape !== null) arrays.set(name, { dtype, shape: metadata.shape });
    }
    return arrays;
  }

  /** HDF5 itself looks through the whole file for the name of each reference. */
  #namesByAddress(): ReadonlyMap<string, string> {
    const { module } = this.#library;
    const { file_id: id } = this.#file;
    const entries = this.#file.paths().filter((name) => this.kind(name) !== undefined);
    return new Map(entries.map((name) => [keyOf(module.create_object_reference(id, `/${name}`)), name]));
  }

  #dataset(name: string): Dataset {
    const found = this.#call(name, () => this.#file.get(name));
    if (!(found instanceof this.#library.Dataset)) {
      const kind = found instanceof this.#library.Group ? 'a group' : 'no such one';
      throw new Error(`${this.#place(name)}: expected a dataset, but found ${kind}.`);
    }
    this.#call(name, () => found.metadata);
    return found;
  }

  #arrayInfo(name: string, metadata: Metadata): ArrayInfo {
    const dtype = elementTypeOf(metadata);
    this.#expect(dtype !== undefined, name, 'numbers', metadata);
    if (metadata.shape === null) throw new Error(`${this.#place(name)}: expected an array, but it is null.`);
    return { dtype: dtype!, shape: metadata.shape };
  }

  #expect(fits: boolean, name: string, expected: string, metadata: Metadata): void {
    if (!fits) {
      throw new Error(`${this.#place(name)}: expected ${expected}, but found ${describeType(metadata)}.`);
    }
  }

  #call<Result>(name: string, call: () => Result): Result {
    return this.#named(name, () => {
      if (!this.#open) throw new Error('the file is closed');
      return this.#library.run(call);
    });
  }

  #named<Result>(name: string, call: () => Result): Result {
    try {
      return call();
    } catch (error) {
      throw new Error(`${this.#place(name)}: ${(error as Error).message}.`, { cause: error });
    }
  }

  #place(name: string): string {
    return name === '' ? this.path : `${this.path}: ${name}`;
  }
}

function keyOf(address: Uint8Array): string {
  return Buffer.from(address).toString('hex');
}
