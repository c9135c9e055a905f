import { existsSync, statfsSync, statSync } from 'node:fs';
import { readdir } from 'node:fs/promises';
import { availableParallelism, freemem, totalmem } from 'node:os';
import { join } from 'node:path';
import { chooseEngine } from '@hash/core';
import { datasetNames, datasetStatus, isDownloadable } from '@hash/datasets';
import type { Engine } from './engine.js';
import { readEngineReport } from './engineReport.js';
import { dataFolder, type Surroundings } from '../surroundings.js';
import { supportsNode } from './nodeSupport.js';
import { packageEngines, packageVersion } from './versions.js';
import { listWeights, type KeptWeights } from './weightFiles.js';

/** One thing that was looked at. */
export interface Finding {
  readonly topic: string;
  /** A `problem` keeps every run from working; a `note` only those that need what is missing. */
  readonly state: 'fine' | 'note' | 'problem';
  readonly detail: string;
  /** What to do about it. */
  readonly mend?: string;
}

/** Looks at all that a run needs. It also starts the engine, which is the only way to know that it works. */
export async function diagnose(
  around: Surroundings,
  wanted: string | undefined,
  engine: Engine,
): Promise<Finding[]> {
  const data = dataFolder(around, wanted);
  return [
    nodeFinding(),
    { topic: 'TensorFlow.js', state: 'fine', detail: packageVersion('@tensorflow/tfjs') },
    ...(await engineFindings(engine)),
    { topic: 'cores', state: 'fine', detail: String(availableParallelism()) },
    memoryFinding(),
    dataFolderFinding(data),
    ...(await datasetFindings(data)),
    await cacheFinding(join(data, 'features')),
    weightsFinding(listWeights(around, wanted)),
  ];
}

function nodeFinding(): Finding {
  const range = packageEngines('@hash/runner');
  return supportsNode(process.version, range)
    ? { topic: 'Node.js', state: 'fine', detail: process.version }
    : {
        topic: 'Node.js',
        state: 'problem',
        detail: `${process.version}, but ${range} is needed`,
        mend: 'install Node.js 24 from https://nodejs.org',
      };
}

async function engineFindings({ backend, device }: Engine): Promise<Finding[]> {
  try {
    const { name, skipped } = await chooseEngine(backend, { device });
    return [
      ...skipped.map(({ name, reason }): Finding => ({
        topic: `engine ${name}`,
        state: 'note',
        detail: reason,
      })),
      { topic: `engine ${name}`, state: 'fine', detail: 'computes' },
    ];
  } catch (error) {
    const mend = 'choose another by --backend or HASH_BACKEND; auto takes the first that works';
    return [{ topic: `engine ${backend}`, state: 'problem', detail: (error as Error).message, mend }];
  }
}

/** What the engine of a run computed in JavaScript, which is slow. */
export async function fallbackFinding(run: string): Promise<Finding> {
  const { engine, fallbacks } = await readEngineReport(run);
  const topic = `engine ${engine} in ${run}`;
  if (fallbacks === null) return { topic, state: 'note', detail: 'does not tell what it left to JavaScript' };
  const calls = Object.entries(fallbacks).map(([kernel, count]) => `${kernel} (${count} calls)`);
  if (calls.length === 0) return { topic, state: 'fine', detail: 'left nothing to JavaScript' };
  return { topic, state: 'note', detail: `left to JavaScript: ${calls.join(', ')}` };
}

function gigabytes(bytes: number): string {
  return `${(bytes / 2 ** 30).toFixed(1)} GiB`;
}

function memoryFinding(): Finding {
  const detail = `${gigabytes(totalmem())}, ${gigabytes(freemem())} free`;
  if (totalmem() >= 2 ** 31) return { topic: 'memory', state: 'fine', detail };
  const mend = 'take a smaller batch: --set batchSize=16';
  return { topic: 'memory', state: 'note', detail, mend };
}

function dataFolderFinding(data: string): Finding {
  if (existsSync(data)) return { topic: 'data folder', state: 'fine', detail: data };
  const mend = 'it is made by the first download; another is named by --data or HASH_DATA';
  return { topic: 'data folder', state: 'note', detail: `${data} does not exist`, mend };
}

/** One finding for all protocols of a data set, since they share its files. */
async function datasetFindings(data: string): Promise<Finding[]> {
  const names = new Map<string, string[]>();
  const states = new Map<string, Finding['state']>();
  for (const name of datasetNames()) {
    const { found, detail } = await datasetStatus(name, data);
    names.set(detail, [...(names.get(detail) ?? []), name]);
    states.set(detail, found ? 'fine' : 'note');
  }
  return [...names].map(([detail, sharing]) => ({
    topic: `data set ${sharing.join(', ')}`,
    state: states.get(detail)!,
    detail,
    mend:
      states.get(detail) === 'note' && isDownloadable(sharing[0]!)
        ? 'train downloads it by itself'
        : undefined,
  }));
}

/** Features of frozen backbones, which runs compute and keep. */
async function cacheFinding(folder: string): Promise<Finding> {
  const topic = 'cached features';
  if (!existsSync(folder)) return { topic, state: 'fine', detail: 'none' };
  const files = await readdir(folder, { withFileTypes: true, recursive: true });
  const sizes = files
    .filter((file) => file.isFile())
    .map((file) => statSync(join(file.parentPath, file.name)).size);
  const detail = `${gigabytes(sizes.reduce((sum, size) => sum + size, 0))} in ${folder}`;
  const { bavail, bsize } = statfsSync(folder);
  if (bavail * bsize >= 2 ** 32) return { topic, state: 'fine', detail };
  const mend = 'remove the folder: runs that need them compute them again';
  return { topic, state: 'note', detail: `${detail}, where ${gigabytes(bavail * bsize)} are free`, mend };
}

/** All weights in one line: a run needs those of its backbone at most. */
function weightsFinding(weights: readonly KeptWeights[]): Finding {
  const [here, missing] = [weights.filter(({ found }) => found), weights.filter(({ found }) => !found)];
  const names = (list: readonly KeptWeights[]) => list.map(({ backbone }) => backbone).join(', ') || 'none';
  const detail = `here: ${names(here)}; not here: ${names(missing)}`;
  if (missing.length === 0) return { topic: 'weights', state: 'fine', detail };
  const mend = `where a recipe needs them: hash-runner weights pull ${missing[0]!.backbone}`;
  return { topic: 'weights', state: 'note', detail, mend };
}
