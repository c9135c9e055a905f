import { afterEach, beforeEach, expect, it } from '@jest/globals';
import { spawn } from 'node:child_process';
import { watch } from 'node:fs';
import { mkdir, readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Rng } from '../random/rng.js';
import { temporaryFolder } from '../testing/temporaryFolder.js';
import { readCheckpoint, readCheckpointTensors } from './readCheckpoint.js';
import type { TrainEvent } from './trainEvent.js';

const root = temporaryFolder(beforeEach, afterEach);

interface Kill {
  /** Of the file that is being written at the moment of the kill. */
  readonly file: RegExp;
  /** Milliseconds from the first such write on. */
  readonly delay: number;
}

/** Trains in a process of its own, to the end or until it is killed. */
async function runInProcess(folder: string, kill?: Kill): Promise<'finished' | 'killed'> {
  await mkdir(folder, { recursive: true });
  const script = fileURLToPath(new URL('./killedRun.testing.ts', import.meta.url));
  const flags = ['--import', import.meta.resolve('tsx'), '--conditions=@hash/source'];
  const child = spawn(process.execPath, [...flags, script, folder], {
    stdio: ['ignore', 'ignore', 'pipe'],
    timeout: 100_000,
    killSignal: 'SIGKILL',
  });
  let errors = '';
  child.stderr.on('data', (text: Buffer) => (errors += text.toString()));
  const watcher = watch(folder, (_, name) => {
    if (!kill?.file.test(name ?? '')) return;
    watcher.close();
    setTimeout(() => child.kill('SIGKILL'), kill.delay);
  });
  const [code, signal] = await new Promise<[number | null, string | null]>((resolve) => {
    child.on('close', (...end) => resolve(end));
  });
  watcher.close();
  if (signal === 'SIGKILL') return 'killed';
  if (code !== 0) throw new Error(errors);
  return 'finished';
}

/** Checks that the checkpoint is whole and that no more than an epoch was lost. @returns the steps that it holds */
async function readSteps(folder: string): Promise<number> {
  const checkpoint = await readCheckpoint(folder);
  const steps = checkpoint ? checkpoint.epoch * 3 + checkpoint.step : 0;
  if (checkpoint) {
    const tensors = await readCheckpointTensors(folder, checkpoint.tensors);
    expect(tensors.get('optimizer/step/weights')!.data[0]).toBe(steps);
    if (checkpoint.best) await readCheckpointTensors(folder, checkpoint.best.tensors);
  }
  const metrics = await readFile(join(folder, 'metrics.jsonl'), 'utf8');
  const lines = metrics.split('\n').slice(0, -1).map((line) => JSON.parse(line) as TrainEvent); // prettier-ignore
  const taken = lines.filter(({ type }) => type === 'step').length;
  expect(taken).toBeGreaterThanOrEqual(steps);
  expect(taken - steps).toBeLessThanOrEqual(3);
  return steps;
}

it('a run that is killed again and again loses at most an epoch each time, and ends with the same files', async () => {
  const whole = root.join('whole');
  const killed = root.join('killed');
  const rng = new Rng(1);
  const kills: Kill[] = [
    { file: /^checkpoint-.*\.tmp$/, delay: 0 },
    { file: /^checkpoint\.json.*\.tmp$/, delay: 0 },
    { file: /^best-1.*\.tmp$/, delay: 0 },
    { file: /^checkpoint-9.*\.tmp$/, delay: rng.int(100) },
  ];
  const uninterrupted = runInProcess(whole);
  let steps = 0;
  for (const kill of kills) {
    expect(await runInProcess(killed, kill)).toBe('killed');
    const now = await readSteps(killed);
    expect(now).toBeGreaterThanOrEqual(steps);
    steps = now;
  }
  expect(await runInProcess(killed)).toBe('finished');
  expect(await uninterrupted).toBe('finished');
  const names = await readdir(whole);
  expect(await readdir(killed)).toEqual(names);
  for (const name of names) {
    const same = (await readFile(join(killed, name))).equals(await readFile(join(whole, name)));
    expect([name, same]).toEqual([name, true]);
  }
}, 120_000);
