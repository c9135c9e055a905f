import { existsSync } from 'node:fs';
import { UsageError } from '../errors.js';
import type { Plan } from './plan.js';
import { runFiles } from './runFolder.js';

/**
 * The bit lengths of a run to work with.
 *
 * @param wanted  those asked for; all of the run by default
 * @throws UsageError  where the run has no such one, or is not done with it
 */
export function finishedBits(
  folder: string,
  plan: Plan,
  wanted: readonly number[] = plan.bits,
): readonly number[] {
  const unknown = wanted.find((bits) => !plan.bits.includes(bits));
  if (unknown !== undefined)
    throw new UsageError(`The run has no codes of ${unknown} bits; it has ${plan.bits.join(', ')}.`);
  const isDone = (bits: number) => existsSync(runFiles.results(folder, bits));
  const open = wanted.filter((bits) => !isDone(bits));
  if (open.length === 0) return wanted;
  const done = plan.bits.filter(isDone).join(', ') || 'none';
  throw new UsageError(
    `The run is not done with ${open.join(', ')} bits (done: ${done}). Go on with it by train --resume.`,
  );
}
