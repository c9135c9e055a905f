import type * as h5wasm from 'h5wasm/node';

type H5Module = Awaited<typeof h5wasm.ready>;

/** The HDF5 library, compiled to WebAssembly. */
export interface Hdf5Library {
  readonly File: typeof h5wasm.File;
  readonly Dataset: typeof h5wasm.Dataset;
  readonly Group: typeof h5wasm.Group;
  readonly module: H5Module;
}

let library: Promise<Hdf5Library> | undefined;

/** Loads the library at its first use: it is large, and whoever reads no HDF5 files does without it. */
export function loadHdf5(): Promise<Hdf5Library> {
  return (library ??= load());
}

async function load(): Promise<Hdf5Library> {
  const { File, Dataset, Group, ready } = await import('h5wasm/node');
  const module = await ready;
  // Otherwise it goes on after errors, with whatever lies in memory.
  module.activate_throwing_error_handler();
  return { File, Dataset, Group, module };
}

/**
 * Runs what calls the library.
 *
 * @param place  names the file, or the file and what is in it, in errors
 */
export function callHdf5<Result>(library: Hdf5Library, place: string, call: () => Result): Result {
  try {
    return tryHdf5(library, call);
  } catch (error) {
    throw new Error(`${place}: ${(error as Error).message}.`, { cause: error });
  }
}

/** As {@link callHdf5}, with errors that say the reason alone. */
export function tryHdf5<Result>({ module }: Hdf5Library, call: () => Result): Result {
  try {
    return call();
  } catch (error) {
    closeErrorReports(module);
    throw new Error(reasonOf((error as Error).message), { cause: error });
  }
}

/** Of the functions that reported an error, what the innermost says; behind one of plugins lies an unknown filter. */
function reasonOf(message: string): string {
  if (!message.startsWith('HDF5-DIAG')) return message;
  const reports = [...message.matchAll(/ in (\w+)\(\): (.+)/g)].filter(
    ([, name]) => !name!.startsWith('H5PL'),
  );
  return `HDF5: ${reports.at(-1)?.[2] ?? message}`;
}

/** For each error that it throws, the library leaves a temporary file open. */
function closeErrorReports({ FS }: H5Module): void {
  const { streams } = FS as typeof FS & { readonly streams: readonly (OpenFile | null)[] };
  for (const stream of streams) if (stream?.path.startsWith('/tmp/tmpfile_') === true) FS.close(stream);
}

interface OpenFile {
  readonly path: string;
}
