import type { Output } from '../surroundings.js';
import { formatDuration } from './formatDuration.js';

export interface WorkPosition {
  /** What is being worked on. Where it changes, the pace is taken anew. */
  readonly label: string;
  readonly done: number;
  /** Null where nobody knows. */
  readonly total: number | null;
}

/** How amounts of work are written: `34.1 of 170.5 MB`, `12.3 MB/s`. */
export interface WorkUnit {
  readonly amount: (done: number, total: number | null) => string;
  readonly pace: (perSecond: number) => string;
}

/** Shows how work goes. */
export interface WorkDisplay {
  readonly onProgress: (position: WorkPosition) => void;
  /** Clears what moves. */
  readonly stop: () => void;
}

/**
 * A line that is written over and over on a terminal, five times a second; elsewhere a new line every ten seconds.
 *
 * @param seconds  a clock that never goes back
 * @param delay    seconds in which nothing is shown: work that is done by then needs no progress
 */
export function showWork(stream: Output, seconds: () => number, unit: WorkUnit, delay = 0): WorkDisplay {
  const terminal = stream.isTTY === true;
  const pause = terminal ? 0.2 : 10;
  let first: { label: string; done: number; time: number } | undefined;
  let last = -Infinity;
  const start = seconds();
  return {
    onProgress({ label, done, total }) {
      const time = seconds();
      if (first?.label !== label) [first, last] = [{ label, done, time }, -Infinity];
      if (time - last < pause || time - start < delay) return;
      last = time;
      const pace = (done - first.done) / (time - first.time);
      const left = total === null ? [] : [`${formatDuration((total - done) / pace)} left`];
      const line = [label, unit.amount(done, total), ...(pace > 0 ? [unit.pace(pace), ...left] : [])].join(
        '  ',
      );
      stream.write(terminal ? `\r\u001b[K${line.slice(0, (stream.columns ?? 80) - 1)}` : `${line}\n`);
    },
    stop() {
      if (terminal && last > -Infinity) stream.write('\r\u001b[K');
      last = -Infinity;
    },
  };
}

const megabytes = (bytes: number) => (bytes / 1e6).toFixed(1);

export const BYTES: WorkUnit = {
  amount: (done, total) =>
    total === null ? `${megabytes(done)} MB` : `${megabytes(done)} of ${megabytes(total)} MB`,
  pace: (perSecond) => `${megabytes(perSecond)} MB/s`,
};

export const IMAGES: WorkUnit = {
  amount: (done, total) => (total === null ? `${done} images` : `${done} of ${total} images`),
  pace: (perSecond) => `${perSecond.toFixed(perSecond < 10 ? 1 : 0)} images/s`,
};

export const QUERIES: WorkUnit = {
  amount: (done, total) => (total === null ? `${done} queries` : `${done} of ${total} queries`),
  pace: (perSecond) => `${perSecond.toFixed(0)} queries/s`,
};

export const CODES: WorkUnit = {
  amount: (done, total) => (total === null ? `${done} codes` : `${done} of ${total} codes`),
  pace: (perSecond) => `${perSecond.toFixed(0)} codes/s`,
};
