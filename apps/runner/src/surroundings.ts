import { existsSync, readFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';

/** A stream that may be a terminal. */
export interface Output extends NodeJS.WritableStream {
  readonly isTTY?: boolean;
  readonly columns?: number;
}

/** All that the program takes from the process it runs in; no other file looks at the environment or the clock. */
export interface Surroundings {
  /** Where relative paths start. */
  readonly cwd: string;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly stdout: Output;
  readonly stderr: Output;
  /** The time of day. */
  readonly now: () => Date;
  /** Seconds from some fixed moment, never going back. */
  readonly seconds: () => number;
  /** Calls `listener` whenever the user asks to stop (Ctrl-C, or SIGTERM); returns the way to unsubscribe. */
  readonly onStop: (listener: () => void) => () => void;
  /** What starts this program again: Node.js, its options, the main file. */
  readonly command: readonly string[];
  /** Ends the process at once. */
  readonly exit: (code: number) => never;
}

export function processSurroundings(): Surroundings {
  return {
    cwd: process.cwd(),
    env: process.env,
    stdout: process.stdout,
    stderr: process.stderr,
    now: () => new Date(),
    seconds: () => performance.now() / 1000,
    onStop: (listener) => {
      process.on('SIGINT', listener).on('SIGTERM', listener);
      return () => void process.off('SIGINT', listener).off('SIGTERM', listener);
    },
    command: [process.execPath, ...process.execArgv, process.argv[1] ?? ''],
    exit: (code) => process.exit(code),
  };
}

/** The folder of the data sets: the one asked for, else `HASH_DATA`, else `datasets/` of the checkout or of here. */
export function dataFolder({ cwd, env }: Surroundings, wanted?: string): string {
  const named = wanted ?? env['HASH_DATA'];
  if (named !== undefined && named !== '') return resolve(cwd, named);
  return join(findCheckout(cwd) ?? cwd, 'datasets');
}

/** The folder at or above `folder` that holds this project's root package. */
function findCheckout(folder: string): string | undefined {
  const file = join(folder, 'package.json');
  if (existsSync(file) && isRootPackage(readFileSync(file, 'utf8'))) return folder;
  const above = dirname(folder);
  return above === folder ? undefined : findCheckout(above);
}

function isRootPackage(text: string): boolean {
  try {
    return (JSON.parse(text) as { name?: unknown } | null)?.name === '@hash/root';
  } catch {
    return false;
  }
}
