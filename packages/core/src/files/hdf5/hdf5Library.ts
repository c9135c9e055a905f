import type * as h5wasm from 'h5wasm/node';
import { Hdf5Memory, type H5Module } from './hdf5Memory.js';

/** What an HDF5 file is opened for: to be read, or made anew. */
type Mode = 'r' | 'w';

/** The HDF5 library, compiled to WebAssembly. */
export class Hdf5Library {
  readonly Dataset: typeof h5wasm.Dataset;
  readonly Group: typeof h5wasm.Group;
  readonly module: H5Module;
  readonly #File: typeof h5wasm.File;
  readonly #memory: Hdf5Memory;
  #openFiles = 0;

  constructor({ Dataset, Group, File }: typeof h5wasm, module: H5Module) {
    this.Dataset = Dataset;
    this.Group = Group;
    this.module = module;
    this.#File = File;
    // Otherwise it goes on after errors, with whatever lies in memory.
    module.activate_throwing_error_handler();
    this.#memory = new Hdf5Memory(module);
  }

  /** @throws Error  with the library's reason alone */
  open(path: string, mode: Mode): h5wasm.File {
    this.#openFiles++;
    try {
      return this.run(() => new this.#File(path, mode));
    } catch (error) {
      this.#closed();
      throw error;
    }
  }

  close(file: h5wasm.File): void {
    try {
      this.run(() => file.close());
    } finally {
      this.#closed();
    }
  }

  /**
   * Runs what calls the library.
   *
   * @throws Error  with the library's reason alone
   */
  run<Result>(call: () => Result): Result {
    try {
      return this.#memory.guard(call);
    } catch (error) {
      throw new Error(reasonOf((error as Error).message), { cause: error });
    }
  }

  #closed(): void {
    if (--this.#openFiles === 0) this.#memory.restore();
  }
}

let library: Promise<Hdf5Library> | undefined;

/** Loads the library at its first use: it is large, and whoever reads no HDF5 files does without it. */
export function loadHdf5(): Promise<Hdf5Library> {
  return (library ??= load());
}

async function load(): Promise<Hdf5Library> {
  const h5 = await import('h5wasm/node');
  return new Hdf5Library(h5, await h5.ready);
}

/** Of the functions that reported an error, what the innermost says; behind one of plugins lies an unknown filter. */
function reasonOf(message: string): string {
  if (!message.startsWith('HDF5-DIAG')) return message;
  const reports = [...message.matchAll(/ in (\w+)\(\): (.+)/g)].filter(
    ([, name]) => !name!.startsWith('H5PL'),
  );
  return `HDF5: ${reports.at(-1)?.[2] ?? message}`;
}
