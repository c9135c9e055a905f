import type { Output } from '../surroundings.js';
import { BYTES, showWork } from './workProgress.js';

export interface DownloadPosition {
  readonly doneBytes: number;
  /** Null where the server does not say. */
  readonly totalBytes: number | null;
}

/** Shows how a download goes. */
export interface DownloadDisplay {
  readonly onProgress: (position: DownloadPosition) => void;
  /** Clears what moves. */
  readonly stop: () => void;
}

/** @param seconds  a clock that never goes back */
export function showDownload(stream: Output, label: string, seconds: () => number): DownloadDisplay {
  const { onProgress, stop } = showWork(stream, seconds, BYTES);
  return {
    onProgress: ({ doneBytes, totalBytes }) => onProgress({ label, done: doneBytes, total: totalBytes }),
    stop,
  };
}
