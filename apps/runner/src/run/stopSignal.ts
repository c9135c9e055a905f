import { EXIT } from '../errors.js';
import type { Surroundings } from '../surroundings.js';

export interface StopSignal {
  readonly signal: AbortSignal;
  /** Stops listening. */
  readonly release: () => void;
}

/**
 * Turns the first Ctrl-C into an abort, so that the work ends in order; the second ends the program at once.
 *
 * @param onSecond  puts the terminal in order before the program ends
 */
export function listenForStop(
  { onStop, exit, stderr }: Surroundings,
  onSecond: () => void = () => {},
): StopSignal {
  const controller = new AbortController();
  const release = onStop(() => {
    if (controller.signal.aborted) {
      onSecond();
      exit(EXIT.interrupted);
    }
    stderr.write('\nStopping after the step under way. Press Ctrl-C again to stop at once.\n');
    controller.abort();
  });
  return { signal: controller.signal, release };
}
