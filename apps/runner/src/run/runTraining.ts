import { existsSync } from 'node:fs';
import { relative } from 'node:path';
import { InterruptedError } from '../errors.js';
import type { Surroundings } from '../surroundings.js';
import { scalarLog } from '../tensorboard/scalarLog.js';
import { showProgress, type Progress } from '../terminal/progress.js';
import type { DatasetRequest } from './openDataset.js';
import { lockFolder } from './folderLock.js';
import { openInputs, type Inputs } from './openInputs.js';
import {
  prepareNewRun,
  prepareResumedRun,
  type PreparedRun,
  type RunRequest,
  type Say,
} from './prepareRun.js';
import { writeEngineReport } from './engineReport.js';
import type { Plan } from './plan.js';
import type { Run } from './run.js';
import { checkSplit, createRunFolder, runFiles, writeJson } from './runFolder.js';
import { listenForStop } from './stopSignal.js';
import { trainBits, type Outcome } from './trainBits.js';

export interface TrainingRequest extends RunRequest, DatasetRequest {
  /** Whether loss and metrics are taken down for TensorBoard, too. */
  readonly tensorboard?: true;
}

export interface TrainedRun {
  /** The run folder, as seen from the working directory. */
  readonly run: string;
  readonly plan: Plan;
  readonly outcomes: readonly Outcome[];
}

/** Trains and measures every bit length of a run, new or resumed, and writes its folder. */
export async function runTraining(
  around: Surroundings,
  request: TrainingRequest,
  say: Say,
): Promise<TrainedRun> {
  const { resume } = request;
  const prepared = await (resume === undefined
    ? prepareNewRun(around, request, say)
    : prepareResumedRun(around, { ...request, resume }, say));
  const giveBack = await lockFolder(prepared.folder);
  if (giveBack === undefined)
    throw new Error(`Run ${relative(around.cwd, prepared.folder)}: another process is training it.`);
  let shown: Progress | undefined;
  const { signal, release } = listenForStop(around, () => shown?.stop());
  const progress = (label: string) => (shown = showProgress(around.stderr, label, around.seconds));
  const tensorboard =
    request.tensorboard &&
    ((bits: number) => scalarLog(runFiles.tensorboard(prepared.folder, bits), around.now));
  const session = { signal, seconds: around.seconds, say, progress, tensorboard };
  try {
    const inputs = await openInputs(prepared.config.plan, around, request, signal);
    try {
      return await trainAll(prepared, inputs, around, session);
    } finally {
      await inputs.dispose();
    }
  } finally {
    release();
    await giveBack();
  }
}

async function trainAll(
  { config, method, folder }: PreparedRun,
  { dataset, backbone }: Inputs,
  { cwd }: Surroundings,
  session: Pick<Run, 'signal' | 'seconds' | 'say' | 'progress' | 'tensorboard'>,
): Promise<TrainedRun> {
  if (existsSync(runFiles.config(folder))) await checkSplit(folder, dataset.split);
  else await createRunFolder(folder, config, dataset.split);
  const { plan, engine } = config;
  const name = relative(cwd, folder) || '.';
  session.say(`run folder: ${name}`);
  const run: Run = { plan, engine, method, dataset, backbone, folder, name, ...session };
  const outcomes: Outcome[] = [];
  try {
    for (const bits of plan.bits) outcomes.push(await trainBits(run, bits));
  } catch (error) {
    if (!(error instanceof InterruptedError)) run.say(`what was done is kept: --resume ${name} goes on`);
    throw error;
  }
  await writeJson(runFiles.summary(folder), outcomes);
  await writeEngineReport(folder, engine);
  return { run: name, plan, outcomes };
}
