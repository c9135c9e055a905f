import { mkdir } from 'node:fs/promises';
import { writeError } from '../io/writeError.js';
import { START, type Progress } from './progress.js';
import { readCheckpoint } from './readCheckpoint.js';
import { resume, type ResumableTask } from './resume.js';
import { RunFolder } from './runFolder.js';

/**
 * Begins a run, or takes up one that its folder holds.
 *
 * @throws Error where the folder holds a checkpoint that is not to be resumed: a run is never overwritten
 */
export async function openRun(task: ResumableTask): Promise<{ progress: Progress; folder?: RunFolder }> {
  const path = task.options?.folder;
  if (path === undefined) return { progress: START };
  await mkdir(path, { recursive: true }).catch((error: unknown) => {
    throw writeError(path, error);
  });
  const checkpoint = await readCheckpoint(path);
  if (checkpoint && !task.options?.resume) {
    throw new Error(
      `train: ${path} already holds a checkpoint, after ${checkpoint.epoch} of ${checkpoint.epochs} epochs. ` +
        'Resume it, or choose another folder.',
    );
  }
  const progress = checkpoint ? await resume(task, path, checkpoint) : START;
  return { progress, folder: await RunFolder.open(path, checkpoint) };
}
