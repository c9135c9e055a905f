/** What was typed cannot be run: exit code 2. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
}

/** The user stopped the program: exit code 130. The message says how to go on. */
export class InterruptedError extends Error {
  override readonly name = 'InterruptedError';
}

/** The exit codes of every command. */
export const EXIT = { fine: 0, failed: 1, wrongUsage: 2, interrupted: 130 } as const;

export function exitCodeOf(error: unknown): number {
  if (error instanceof UsageError) return EXIT.wrongUsage;
  if (error instanceof InterruptedError) return EXIT.interrupted;
  return EXIT.failed;
}

/** Whether an error is that of an aborted signal. */
export function isAbort(error: unknown): boolean {
  return (error as { name?: unknown } | null)?.name === 'AbortError';
}

/** What to print of an error: its message, in words where the system gives only a code. */
export function describeError(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const { code, path } = error as NodeJS.ErrnoException;
  const place = path === undefined ? '' : ` (${path})`;
  if (code === 'ENOSPC')
    return `The disk is full${place}. Free some space; what was written before is whole.`;
  if (code === 'ENOENT' && path !== undefined) return `There is no file or folder ${path}.`;
  if (code === 'EACCES' || code === 'EPERM' || code === 'EROFS') return `Permission denied${place}.`;
  return error.message;
}
