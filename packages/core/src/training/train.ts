import { setImmediate } from 'node:timers/promises';
import { storeTensors } from '../io/storeTensors.js';
import { assignParameters } from '../nn/assignParameters.js';
import { joinTensors } from './checkpointTensors.js';
import { isEvaluated, selectBest } from './evaluate.js';
import type { FitReport } from './fitReport.js';
import { openRun } from './openRun.js';
import { currentEpoch, type Progress } from './progress.js';
import type { RunFolder } from './runFolder.js';
import { takeBatches } from './takeBatches.js';
import { addTerms, meanTerms } from './termMeans.js';
import type { TrainEvent } from './trainEvent.js';
import type { TrainOptions } from './trainOptions.js';
import { trainStep } from './trainStep.js';

interface Run<Batch> {
  readonly task: TrainOptions<Batch>;
  readonly folder?: RunFolder;
  progress: Progress;
}

/**
 * Trains for some epochs: the one loop of all methods.
 *
 * With a folder, the steps, epochs and evaluations go to `metrics.jsonl`, and a checkpoint follows each epoch. A run
 * that was stopped by its signal, killed, or cut off by a power failure goes on with `resume` to the same parameters
 * and the same `metrics.jsonl`, bit by bit, as one that was not: everything random depends on the seed and the
 * position alone. A signal loses no step; a kill loses at most those since the last checkpoint.
 *
 * @throws Error where a loss term is not finite, a checkpoint is damaged or of another run, or a file cannot be written
 */
export async function train<Batch>(task: TrainOptions<Batch>): Promise<FitReport> {
  requireCount('epochs', task.epochs);
  requireCount('stepsPerEpoch', task.stepsPerEpoch);
  const run: Run<Batch> = { task, ...(await openRun(task)) };
  try {
    const { epochs, stepsPerEpoch, stage } = task;
    emit(run, { type: 'start', epoch: run.progress.epoch, epochs, stepsPerEpoch, stage });
    while (run.progress.epoch < epochs && (await takeSteps(run))) await finishEpoch(run);
    const interrupted = run.progress.epoch < epochs;
    const selectedEpoch = interrupted ? currentEpoch(run.progress) : restoreBest(run);
    emit(run, { type: 'end', epoch: selectedEpoch, interrupted });
    return { epochs: run.progress.epoch, interrupted, terms: run.progress.terms, selectedEpoch };
  } finally {
    await run.folder?.close();
  }
}

/**
 * Takes the steps that the epoch still lacks, and saves where the next thing is not another epoch.
 * @returns whether to go on
 */
async function takeSteps<Batch>(run: Run<Batch>): Promise<boolean> {
  const { task } = run;
  const { epoch, step } = run.progress;
  const { signal, evaluation } = task.options ?? {};
  const source = () => task.batches({ epoch, firstStep: step, rng: task.rng.fork('epoch', epoch), signal });
  for await (const batch of takeBatches(source, task.stepsPerEpoch - step, signal)) {
    try {
      await takeStep(run, batch);
    } finally {
      task.disposeBatch?.(batch);
    }
    // Where batches and device answer at once nothing else would get a turn: no timer, no signal, no file.
    await setImmediate();
  }
  const interrupted = signal?.aborted ?? false;
  if (interrupted || (evaluation && isEvaluated(evaluation, epoch, task.epochs))) await save(run);
  return !interrupted;
}

async function takeStep<Batch>(run: Run<Batch>, batch: Batch): Promise<void> {
  const { task, progress } = run;
  const { epoch, step } = progress;
  const { optimizer, epochs, stepsPerEpoch } = task;
  const position = { epoch, epochs, step, stepsPerEpoch };
  const rates = optimizer.groups.map(({ learningRate, schedule = task.schedule }) =>
    schedule(learningRate, position),
  );
  const pass = { training: true, rng: task.rng.fork('step', epoch * stepsPerEpoch + step) };
  const terms = await trainStep(optimizer, () => task.lossTerms(batch, pass), rates, position);
  run.progress = { ...progress, step: step + 1, sums: addTerms(progress.sums, terms) };
  const batchSize = task.batchSize(batch);
  emit(run, { type: 'step', epoch, step, stepsPerEpoch, batchSize, terms, learningRate: rates[0]! });
}

async function finishEpoch<Batch>(run: Run<Batch>): Promise<void> {
  const { task, folder, progress } = run;
  const { epochs, stepsPerEpoch, parameters } = task;
  const { epoch } = progress;
  const evaluation = task.options?.evaluation;
  const terms = meanTerms(progress.sums, stepsPerEpoch);
  let best = progress.best;
  emit(run, { type: 'epoch', epoch, epochs, terms });
  if (evaluation && isEvaluated(evaluation, epoch, epochs)) {
    const metrics = await evaluation.run(epoch);
    emit(run, { type: 'evaluation', epoch, metrics });
    if (evaluation.selectBest) best = await selectBest(best, epoch, metrics, parameters, folder);
  }
  run.progress = { epoch: epoch + 1, step: 0, sums: {}, terms, best };
  await save(run);
}

async function save<Batch>(run: Run<Batch>): Promise<void> {
  const { task, folder } = run;
  if (!folder) return;
  const { best, ...progress } = run.progress;
  const { epochs, stepsPerEpoch, parameters, optimizer } = task;
  const written = await folder.save(
    {
      epochs,
      stepsPerEpoch,
      ...progress,
      rng: task.rng.state(),
      best: best?.file ? { epoch: best.epoch, value: best.value, tensors: best.file } : null,
      extraState: task.extraState?.save(),
    },
    () => storeTensors(joinTensors(parameters, optimizer)),
  );
  if (written) emit(run, { type: 'checkpoint', epoch: currentEpoch(run.progress), folder: folder.path });
}

/** @returns the epoch of the parameters that stay */
function restoreBest<Batch>({ task, progress }: Run<Batch>): number {
  if (!progress.best) return currentEpoch(progress);
  const { epoch, parameters } = progress.best;
  assignParameters(`best epoch ${epoch}`, task.parameters, parameters);
  return epoch;
}

function emit<Batch>({ task, folder }: Run<Batch>, event: TrainEvent): void {
  if (event.type === 'step' || event.type === 'epoch' || event.type === 'evaluation') folder?.log(event);
  task.options?.onEvent?.(event);
}

function requireCount(name: string, value: number): void {
  if (Number.isInteger(value) && value >= 1) return;
  throw new Error(`train: expected ${name} to be an integer of at least 1, but got ${value}.`);
}
