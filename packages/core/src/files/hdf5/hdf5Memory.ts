import type { ready } from 'h5wasm/node';

export type H5Module = Awaited<typeof ready>;

/** What the library's declarations leave out. */
interface Internals {
  readonly FS: { readonly streams: readonly (OpenFile | null)[]; close(stream: OpenFile): void };
  /** Calls the member of that name with `_` before it, and puts the stack back afterwards if it wrote arguments there. */
  ccall(name: string, returns: null, types: readonly ['array'], values: readonly [readonly number[]]): void;
  _guarded?: () => void;
}

interface OpenFile {
  readonly fd: number;
  readonly path: string;
}

const LAST_STANDARD_STREAM = 2;

/**
 * What a damaged file leaves behind in the HDF5 library: at an error, it unwinds past all that it holds, and keeps it.
 * Without this, some thousand damaged files are the end of its stack and of its table of open files.
 */
export class Hdf5Memory {
  readonly #module: H5Module & Internals;
  /** The memory as it was before the first file, up to the last byte in use. */
  readonly #pristine: Uint8Array;
  #stained = false;

  constructor(module: H5Module) {
    this.#module = module as H5Module & Internals;
    const { HEAPU8: memory } = module;
    const end = memory.findLastIndex((byte) => byte !== 0) + 1;
    this.#pristine = memory.slice(0, end);
  }

  /** Runs what calls the library; its stack is afterwards as before, also where the call throws. */
  guard<Result>(call: () => Result): Result {
    const outcome: { result?: Result; error?: unknown } = {};
    this.#module._guarded = () => {
      try {
        outcome.result = call();
      } catch (error) {
        outcome.error = error;
      }
    };
    this.#module.ccall('guarded', null, ['array'], [[0]]);
    if (!('error' in outcome)) return outcome.result as Result;
    this.#stained = true;
    this.#closeFiles(({ path }) => path.startsWith('/tmp/tmpfile_'));
    throw outcome.error;
  }

  /** Puts all back, where there was an error; for when no file is open. */
  restore(): void {
    if (!this.#stained) return;
    this.#closeFiles(({ fd }) => fd > LAST_STANDARD_STREAM);
    // What lies behind is free, and nothing relies on its values; to write there would make it resident.
    this.#module.HEAPU8.set(this.#pristine);
    this.#stained = false;
  }

  /** Among others the report of each error, a temporary file. */
  #closeFiles(which: (file: OpenFile) => boolean): void {
    const { FS } = this.#module;
    for (const file of FS.streams) if (file !== null && which(file)) FS.close(file);
  }
}
