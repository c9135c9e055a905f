import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { mkdir, open, readFile, rm } from 'node:fs/promises';
import { dirname } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { EXIT } from '../errors.js';
import { isLocked } from '../run/folderLock.js';
import { runFiles } from '../run/runFolder.js';
import type { Cell } from './cells.js';

/** How a cell ended. */
export type CellEnd =
  | { readonly state: 'done' }
  | { readonly state: 'interrupted' }
  | { readonly state: 'failed'; readonly reason: string };

export interface CellSession {
  /** What starts this program again, and its arguments for every cell: engine, data, threads. */
  readonly command: readonly string[];
  readonly options: { readonly begin: readonly string[]; readonly always: readonly string[] };
  readonly cwd: string;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly signal: AbortSignal;
  /** Where what the cell writes goes. */
  readonly log: string;
  readonly say: (line: string) => void;
}

/**
 * Trains a cell in a process of its own, or goes on with it where that was begun.
 *
 * @returns once the process has ended, which it does in order after the signal
 */
export async function runCell(cell: Cell, session: CellSession): Promise<CellEnd> {
  await waitUntilFree(cell, session);
  if (session.signal.aborted) return { state: 'interrupted' };
  const { command, options } = session;
  const begun = existsSync(runFiles.config(cell.folder));
  // Without a configuration nothing was trained: the process was killed while it made the folder.
  if (!begun) await rm(cell.folder, { recursive: true, force: true });
  const args = begun ? ['--resume', cell.folder] : [...cell.args, '--run', cell.folder, ...options.begin];
  const code = await runProcess([...command, 'train', ...args, ...options.always], session);
  if (code === EXIT.fine) return { state: 'done' };
  if (code === EXIT.interrupted) return { state: 'interrupted' };
  return { state: 'failed', reason: await reasonIn(session.log, code) };
}

/** The processes of a sweep that was killed end soon after it, but not at the same moment. */
async function waitUntilFree({ name, folder }: Cell, { signal, say }: CellSession): Promise<void> {
  for (let tries = 0; !signal.aborted && (await isLocked(folder)); tries++) {
    if (tries === 4) say(`${name}: waiting for another process that is at it`);
    await setTimeout(500);
  }
}

/**
 * A process group of its own keeps Ctrl-C of the terminal from it, so that it hears of it once, from here. Over the channel it
 * sees when this process is gone.
 *
 * @returns the exit code, or the signal that ended it
 */
async function runProcess(
  [program = '', ...args]: readonly string[],
  { cwd, env, signal, log }: CellSession,
): Promise<number | string> {
  await mkdir(dirname(log), { recursive: true });
  const file = await open(log, 'w');
  const child = spawn(program, args, {
    cwd,
    env,
    detached: true,
    stdio: ['ignore', file.fd, file.fd, 'ipc'],
  });
  const stop = () => void child.kill('SIGTERM');
  signal.addEventListener('abort', stop);
  try {
    const [code, killer] = (await once(child, 'exit')) as [number | null, string | null];
    return code ?? killer ?? 'unknown';
  } finally {
    signal.removeEventListener('abort', stop);
    await file.close();
  }
}

async function reasonIn(log: string, code: number | string): Promise<string> {
  const text = await readFile(log, 'utf8');
  const error = text.split('\n').findLast((line) => line.startsWith('error: '));
  return (
    error?.slice('error: '.length) ?? (typeof code === 'string' ? `ended by ${code}` : `exit code ${code}`)
  );
}
