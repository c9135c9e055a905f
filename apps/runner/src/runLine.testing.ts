import { PassThrough } from 'node:stream';
import { runProgram } from './program.js';
import { processSurroundings, type Surroundings } from './surroundings.js';

/** Runs a command line in a folder; words are separated by blanks. */
export async function runLine(
  cwd: string,
  line: string,
  env: Record<string, string> = {},
  changes: Partial<Surroundings> = {},
) {
  const streams = { stdout: new PassThrough(), stderr: new PassThrough() };
  const around = {
    ...processSurroundings(),
    ...streams,
    cwd,
    env: { HASH_BACKEND: 'cpu', ...env },
    ...changes,
  };
  const code = await runProgram(line.split(' ').filter(Boolean), around);
  const text = (stream: PassThrough) => (stream.read() as Buffer | null)?.toString() ?? '';
  return { code, stdout: text(streams.stdout), stderr: text(streams.stderr) };
}
