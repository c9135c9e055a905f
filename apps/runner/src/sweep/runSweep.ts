import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { runFiles } from '../run/runFolder.js';
import type { Cell } from './cells.js';
import { runCell, type CellEnd, type CellSession } from './runCell.js';

export interface SweepSession extends Omit<CellSession, 'log'> {
  /** Cells at a time. */
  readonly jobs: number;
  /** Folder of the sweep. */
  readonly folder: string;
  readonly onStart: (cell: Cell) => void;
  readonly onEnd: (cell: Cell, end: CellEnd) => void;
}

export interface FailedCell {
  readonly cell: Cell;
  readonly reason: string;
  readonly log: string;
}

export interface SweepEnd {
  readonly failed: readonly FailedCell[];
  readonly interrupted: boolean;
}

/** Whether a cell has its results. */
export function isDone({ folder }: Cell): boolean {
  return existsSync(runFiles.summary(folder));
}

/** Runs the cells that are not done, some at a time, in their order; one that fails does not keep the others. */
export async function runSweep(cells: readonly Cell[], session: SweepSession): Promise<SweepEnd> {
  const waiting = cells.filter((cell) => !isDone(cell));
  const failed: FailedCell[] = [];
  const work = async () => {
    for (let cell = waiting.shift(); cell !== undefined && !session.signal.aborted; cell = waiting.shift()) {
      const log = join(session.folder, 'logs', `${cell.name}.log`);
      session.onStart(cell);
      const end = await runCell(cell, { ...session, log });
      if (end.state === 'failed') failed.push({ cell, reason: end.reason, log });
      session.onEnd(cell, end);
    }
  };
  await Promise.all(Array.from({ length: session.jobs }, work));
  return { failed, interrupted: session.signal.aborted };
}
