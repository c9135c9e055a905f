import { z } from 'zod';
import type { DownloadProgress } from '../download/index.js';
import { STRICT, type Inspector } from '../inspect/inspector.js';
import { readSplit } from '../split/readSplit.js';
import { entryOf } from './entries.js';
import type { Content } from './entry.js';

export interface OpenOptions {
  /** The folder of the data sets; needed by all but `shapes` and `shapes-multi`. */
  readonly root?: string;
  /** The data set's own: see `datasetOptions`. */
  readonly options?: unknown;
  /** A split that somebody has made, in the place of the protocol's: a file or folder as {@link readSplit} reads it. */
  readonly split?: string;
  /** Threads that read images, by default 0: in this thread. Results do not depend on it. */
  readonly workers?: number;
  /** Of the split, and of what is drawn; by default 0. */
  readonly seed?: number;
  /** Whether a data set that is missing is downloaded, where that is possible; by default it is. */
  readonly download?: boolean;
  /** Stops a download, and what goes through all images. */
  readonly signal?: AbortSignal;
  readonly onProgress?: (progress: DownloadProgress) => void;
}

/**
 * What a data set holds, by name.
 *
 * @param caller     for messages
 * @param inspector  hears what is wrong with the files
 * @throws Error  on an unknown name, a wrong option, or a file that is missing or damaged
 */
export async function openContent(
  name: string,
  options: OpenOptions,
  caller: string,
  inspector: Inspector = STRICT,
): Promise<Content> {
  const { root, split, workers = 0, seed = 0, download = true, signal, onProgress } = options;
  if (!Number.isInteger(workers) || workers < 0) {
    throw new RangeError(`${caller}: expected workers to be an integer of at least 0, but got ${workers}.`);
  }
  const entry = entryOf(name);
  const parsed = entry.options.safeParse(options.options ?? {});
  if (!parsed.success) {
    throw new TypeError(`${caller}: the options of "${name}" are wrong:\n${z.prettifyError(parsed.error)}`);
  }
  const content = await entry.open(parsed.data, {
    ...{ name, root, seed, download, inspector, signal, onProgress },
  });
  if (split === undefined) return content;
  const { labels, names } = content;
  return { ...content, split: await readSplit(split, { count: labels.count, names }, name, inspector) };
}
