import { dirname } from 'node:path';

const ADVICE: Readonly<Record<string, (path: string) => string>> = {
  ENOSPC: () => 'no space is left on the device; free some, or choose another folder',
  EDQUOT: () => 'the disk quota is used up; free some space, or choose another folder',
  EFBIG: () => 'the file is larger than the system allows; choose another folder, or raise the limit',
  EACCES: (path) => `no permission to write in ${dirname(path)}; grant it, or choose another folder`,
  EPERM: (path) => `no permission to write in ${dirname(path)}; grant it, or choose another folder`,
  EROFS: () => 'the file system is read-only; choose another folder',
  ENOENT: (path) => `the folder ${dirname(path)} does not exist; create it first`,
  EMFILE: () => 'too many files are open; raise the limit (ulimit -n)',
};

/** An error that says which file could not be written, why, and what to do about it. */
export function writeError(path: string, error: unknown): Error {
  const { code = '', message } = error as NodeJS.ErrnoException;
  const advice = ADVICE[code];
  const reason = advice ? `${advice(path)} (${code})` : message;
  return new Error(`Could not write ${path}: ${reason}.`, { cause: error });
}
