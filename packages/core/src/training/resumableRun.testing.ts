import { existsSync } from 'node:fs';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { FitOptions } from './fitOptions.js';
import type { FitReport } from './fitReport.js';
import { disposeTask, readTask, tinyTask, type TinyBatch } from './tinyTask.testing.js';
import { train } from './train.js';
import type { TrainEvent } from './trainEvent.js';
import type { TrainOptions } from './trainOptions.js';

/** Evaluates the second and the third epoch; the second is better. */
export const evaluation = {
  every: 2,
  selectBest: true,
  run: (epoch: number) => Promise.resolve([{ name: 'mAP', definition: 'hits', value: -epoch }]),
};

interface Outcome {
  readonly report: FitReport;
  /** Parameters and optimiser. */
  readonly tensors: Awaited<ReturnType<typeof readTask>>;
  readonly metrics: string;
}

export async function run(
  folder: string,
  options: FitOptions = {},
  changes: Partial<TrainOptions<TinyBatch>> = {},
  start = 0.5,
): Promise<Outcome> {
  const task = tinyTask({ options: { folder, evaluation, ...options }, ...changes }, start);
  try {
    const report = await train(task);
    const metrics = await readFile(join(folder, 'metrics.jsonl'), 'utf8');
    return { report, tensors: await readTask(task), metrics };
  } finally {
    disposeTask(task);
  }
}

/** Where there is a checkpoint, the first values are others, so that nothing but the checkpoint can explain the result. */
export async function resume(folder: string, options: FitOptions = {}): Promise<Outcome> {
  const saved = existsSync(join(folder, 'checkpoint.json'));
  return run(folder, { resume: true, ...options }, {}, saved ? -0.25 : undefined);
}

/** Calls back after so many steps, at once where that is none. */
function afterSteps(count: number, callback: () => void): (event: TrainEvent) => void {
  let steps = 0;
  if (count === 0) callback();
  return (event) => {
    if (event.type === 'step' && ++steps === count) callback();
  };
}

export function abortAfter(steps: number): FitOptions {
  const abort = new AbortController();
  return { onEvent: afterSteps(steps, () => abort.abort()), signal: abort.signal };
}

export function crashAfter(steps: number): FitOptions {
  const onEvent = afterSteps(steps, () => {
    throw new Error('crash');
  });
  return { onEvent };
}

export async function listFolder(folder: string): Promise<Map<string, string>> {
  const names = (await readdir(folder)).sort();
  return new Map(
    await Promise.all(
      names.map(async (name) => [name, await readFile(join(folder, name), 'latin1')] as const),
    ),
  );
}
