import { NumpyRandom } from '../split/numpyRandom.js';
import { BUILDERS } from './builders.js';
import { writeRelease } from './writeRelease.js';

export interface BuildOptions {
  /** Folder of the original release. */
  readonly from: string;
  /** Folder to write lists to. */
  readonly to: string;
  /** Of the split; by default 0. */
  readonly seed?: number;
  readonly signal?: AbortSignal;
  /** Hears how many bytes of the release have been read. */
  readonly onProgress?: (bytes: number) => void;
}

export interface BuiltDataset {
  /** Items of each part; `all` where the split is cut when the data set is opened. */
  readonly counts: Readonly<Record<string, number>>;
  readonly classes: number;
}

/** The data sets that {@link buildDataset} makes, and what of a release each needs. */
export function buildableDatasets(): ReadonlyMap<string, string> {
  return new Map(Object.entries(BUILDERS).map(([name, { needs }]) => [name, needs]));
}

/**
 * Makes the lists of a data set of what its publishers give out, so that {@link createDataset} opens them.
 *
 * @throws Error  that names the file and the line that are not as expected; nothing is half written then
 */
export async function buildDataset(
  name: string,
  { from, to, seed = 0, signal, onProgress }: BuildOptions,
): Promise<BuiltDataset> {
  const builder = Object.hasOwn(BUILDERS, name) ? BUILDERS[name] : undefined;
  if (builder === undefined)
    throw new Error(`buildDataset: expected one of ${Object.keys(BUILDERS).join(', ')}, but got "${name}".`);
  let read = 0;
  const onBytes = (bytes: number) => onProgress?.((read += bytes));
  const release = await builder.read(from, { signal, onBytes });
  const parts = builder.cut?.(release, new NumpyRandom(seed));
  signal?.throwIfAborted();
  const isSeeded = parts !== undefined && builder.isOfficial !== true;
  const counts = await writeRelease(to, release, {
    ...{ dataset: name, parts, single: builder.single },
    seed: isSeeded ? seed : null,
  });
  return { counts, classes: release.classes.length };
}
