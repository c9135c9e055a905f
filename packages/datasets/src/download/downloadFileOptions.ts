import type { DownloadProgress } from './downloadProgress.js';
import type { ExpectedFile } from './fileMismatch.js';

export interface DownloadFileOptions extends ExpectedFile {
  readonly url: string;
  /** Of the file to make, in a folder that is there. */
  readonly path: string;
  readonly onProgress?: (progress: DownloadProgress) => void;
  readonly signal?: AbortSignal;
  /** Stands in for Node's own, for example to go through a proxy. */
  readonly fetch?: typeof fetch;
  /** Before each new attempt, in milliseconds; counted anew whenever more of the file has come. 1, 2 and 4 s by default. */
  readonly waits?: readonly number[];
}
