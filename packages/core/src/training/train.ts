import { setImmediate } from 'node:timers/promises';
import type { TrainingPosition } from '../optim/schedule.js';
import type { FitReport } from './fitReport.js';
import { takeBatches } from './takeBatches.js';
import { addTerms, meanTerms } from './termMeans.js';
import type { LossTerms, TrainEvent } from './trainEvent.js';
import type { TrainOptions } from './trainOptions.js';
import { trainStep } from './trainStep.js';

interface Run<Batch> {
  readonly task: TrainOptions<Batch>;
  epoch: number;
  step: number;
  sums: LossTerms;
  terms: LossTerms;
}

/** Trains. */
export async function train<Batch>(task: TrainOptions<Batch>): Promise<FitReport> {
  const run: Run<Batch> = { task, epoch: 0, step: 0, sums: {}, terms: {} };
  const { epochs, stepsPerEpoch, options } = task;
  emit(run, { type: 'start', epoch: 0, epochs, stepsPerEpoch });
  while (run.epoch < epochs) {
    await takeSteps(run);
    if (options?.signal?.aborted) break;
    run.terms = meanTerms(run.sums, stepsPerEpoch);
    emit(run, { type: 'epoch', epoch: run.epoch, epochs, terms: run.terms });
    const evaluation = options?.evaluation;
    if (evaluation) {
      const metrics = await evaluation.run(run.epoch);
      emit(run, { type: 'evaluation', epoch: run.epoch, metrics });
    }
    Object.assign(run, { epoch: run.epoch + 1, step: 0, sums: {} });
  }
  const interrupted = run.epoch < epochs;
  emit(run, { type: 'end', epoch: run.epoch, interrupted });
  return { epochs: run.epoch, interrupted, terms: run.terms, selectedEpoch: Math.max(0, run.epoch - 1) };
}

async function takeSteps<Batch>(run: Run<Batch>): Promise<void> {
  const { task, epoch } = run;
  const { stepsPerEpoch, options, rng } = task;
  const source = () =>
    task.batches({ epoch, firstStep: run.step, rng: rng.fork('epoch', epoch), signal: options?.signal });
  for await (const batch of takeBatches(source, stepsPerEpoch - run.step, options?.signal)) {
    try {
      await takeStep(run, batch);
    } finally {
      task.disposeBatch?.(batch);
    }
    // Where batches and device answer at once nothing else would get a turn: no timer, no signal, no file.
    await setImmediate();
  }
}

async function takeStep<Batch>(run: Run<Batch>, batch: Batch): Promise<void> {
  const { task, epoch, step } = run;
  const { optimizer, epochs, stepsPerEpoch } = task;
  const position: TrainingPosition = { epoch, epochs, step, stepsPerEpoch };
  const rates = optimizer.groups.map((group) => task.schedule(group.learningRate, position));
  const pass = { training: true, rng: task.rng.fork('step', epoch * stepsPerEpoch + step) };
  const terms = await trainStep(optimizer, () => task.lossTerms(batch, pass), rates, position);
  run.step += 1;
  run.sums = addTerms(run.sums, terms);
  const batchSize = task.batchSize(batch);
  emit(run, { type: 'step', epoch, step, stepsPerEpoch, batchSize, terms, learningRate: rates[0]! });
}

function emit<Batch>(run: Run<Batch>, event: TrainEvent): void {
  run.task.options?.onEvent?.(event);
}
