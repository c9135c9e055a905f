import { join } from 'node:path';
import { restoreTensor } from '../io/restoreTensor.js';
import type { StoredTensor } from '../io/storedTensor.js';
import type { Optimizer } from '../optim/optimizer.js';
import type { Rng } from '../random/rng.js';
import { tf } from '../tf.js';
import { assignParameters } from '../nn/assignParameters.js';
import type { Checkpoint } from './checkpoint.js';
import { splitTensors } from './checkpointTensors.js';
import type { BestEpoch, Progress } from './progress.js';
import { readCheckpointTensors } from './readCheckpoint.js';
import type { TrainOptions } from './trainOptions.js';

/** The part of a task that does not know what a batch is. */
export type ResumableTask = Omit<TrainOptions<never>, 'batches' | 'batchSize' | 'lossTerms' | 'disposeBatch'>;

/**
 * Puts parameters, optimiser and the method's own state where a checkpoint left them.
 *
 * @throws Error where the checkpoint is of another run: other seed, length, names or shapes
 */
export async function resume(task: ResumableTask, folder: string, checkpoint: Checkpoint): Promise<Progress> {
  requireSame('epochs', checkpoint.epochs, task.epochs, folder);
  requireSame('steps per epoch', checkpoint.stepsPerEpoch, task.stepsPerEpoch, folder);
  requireSameSeed(checkpoint, task.rng, folder);
  const path = join(folder, checkpoint.tensors.name);
  const { parameters, optimizer } = splitTensors(await readCheckpointTensors(folder, checkpoint.tensors));
  const best = await readBest(checkpoint, task, folder);
  assignParameters(path, task.parameters, parameters);
  loadOptimizer(task.optimizer, optimizer);
  task.extraState?.load(checkpoint.extraState);
  const { epoch, step, sums, terms } = checkpoint;
  return { epoch, step, sums, terms, best };
}

function requireSame(what: string, expected: number, found: number, folder: string): void {
  if (expected === found) return;
  throw new Error(
    `train: expected the ${expected} ${what} of the checkpoint in ${folder}, but got ${found}. ` +
      'Resume with the same settings and data, or choose another folder.',
  );
}

function requireSameSeed(checkpoint: Checkpoint, rng: Rng, folder: string): void {
  const expected = checkpoint.rng.key.join(' ');
  const found = rng.state().key.join(' ');
  if (expected === found) return;
  throw new Error(
    `train: expected the seed of the checkpoint in ${folder} (generator key ${expected}), but got another (${found}).`,
  );
}

async function readBest(
  { best }: Checkpoint,
  { options }: ResumableTask,
  folder: string,
): Promise<BestEpoch | undefined> {
  if (!best || !options?.evaluation?.selectBest) return undefined;
  const parameters = await readCheckpointTensors(folder, best.tensors);
  return { epoch: best.epoch, value: best.value, parameters, file: best.tensors };
}

function loadOptimizer(optimizer: Optimizer, stored: ReadonlyMap<string, StoredTensor>): void {
  const state = new Map([...stored].map(([name, value]) => [name, restoreTensor(value)]));
  try {
    optimizer.load(state);
  } finally {
    tf.dispose([...state.values()]);
  }
}
