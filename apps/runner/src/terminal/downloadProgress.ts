import type { Output } from '../surroundings.js';
import { formatDuration } from './formatDuration.js';

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

/**
 * A line that is written over and over on a terminal, five times a second; elsewhere a new line every ten seconds.
 *
 * @param seconds  a clock that never goes back
 */
export function showDownload(stream: Output, label: string, seconds: () => number): DownloadDisplay {
  const terminal = stream.isTTY === true;
  const pause = terminal ? 0.2 : 10;
  let first: { bytes: number; time: number } | undefined;
  let last = -Infinity;
  return {
    onProgress({ doneBytes, totalBytes }) {
      const time = seconds();
      first ??= { bytes: doneBytes, time };
      if (time - last < pause) return;
      last = time;
      const line = `${label}  ${describe(doneBytes, totalBytes, (doneBytes - first.bytes) / (time - first.time))}`;
      stream.write(terminal ? `\r\u001b[K${line.slice(0, (stream.columns ?? 80) - 1)}` : `${line}\n`);
    },
    stop() {
      if (terminal && last > -Infinity) stream.write('\r\u001b[K');
    },
  };
}

/** `34.1 of 170.5 MB  12.3 MB/s  11 s left` */
function describe(done: number, total: number | null, rate: number): string {
  const megabytes = (bytes: number) => (bytes / 1e6).toFixed(1);
  const amount = total === null ? `${megabytes(done)} MB` : `${megabytes(done)} of ${megabytes(total)} MB`;
  if (!(rate > 0)) return amount;
  const left = total === null ? [] : [`${formatDuration((total - done) / rate)} left`];
  return [amount, `${megabytes(rate)} MB/s`, ...left].join('  ');
}
