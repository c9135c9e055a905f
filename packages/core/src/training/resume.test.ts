import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { cp, readdir, writeFile } from 'node:fs/promises';
import { limitDisk } from '../io/limitDisk.testing.js';
import { leakedTensors, temporaryFolder } from '../testing/index.js';
import { abortAfter, crashAfter, evaluation, listFolder, resume, run } from './resumableRun.testing.js';
import { disposeTask, readTask, tinyTask } from './tinyTask.testing.js';
import { train } from './train.js';
import type { TrainEvent } from './trainEvent.js';

const root = temporaryFolder(beforeEach, afterEach);
afterEach(() => void jest.restoreAllMocks());

describe('a run with a folder', () => {
  it('leaves its metrics and one checkpoint, whatever else was there', async () => {
    const { metrics, report } = await run(root.join('a', 'b'));
    const names = ['best-1.safetensors', 'checkpoint-12.safetensors', 'checkpoint.json', 'metrics.jsonl'];
    expect((await readdir(root.join('a', 'b'))).sort()).toEqual(names);
    const lines = metrics.trimEnd().split('\n').map((line) => JSON.parse(line) as TrainEvent); // prettier-ignore
    expect(lines.map(({ type }) => type).join(' ')).toBe(
      `step step step step epoch ${Array(2).fill('step step step step epoch evaluation').join(' ')}`,
    );
    expect(lines[4]).toMatchObject({ epoch: 0, epochs: 3 });
    expect(report).toMatchObject({ epochs: 3, interrupted: false, selectedEpoch: 1 });
  });

  it('tells of each checkpoint once, with its epoch', async () => {
    const epochs: number[] = [];
    const onEvent = (event: TrainEvent) => {
      if (event.type === 'checkpoint') epochs.push(event.epoch);
      if (event.type === 'checkpoint') expect(event.folder).toBe(root.path);
    };
    await run(root.path, { onEvent });
    expect(epochs).toEqual([0, 1, 2]);
  });

  it('ends with the same tensors as one without', async () => {
    const { tensors } = await run(root.path);
    const task = tinyTask({ options: { evaluation } });
    await train(task);
    expect(await readTask(task)).toEqual(tensors);
    disposeTask(task);
  });

  it('is not overwritten unless it is resumed', async () => {
    await run(root.path, abortAfter(5));
    const before = await listFolder(root.path);
    await expect(run(root.path)).rejects.toThrow(
      `train: ${root.path} already holds a checkpoint, after 1 of 3 epochs. Resume it, or choose another folder.`,
    );
    expect(await listFolder(root.path)).toEqual(before);
  });

  it('says where its folder cannot be made', async () => {
    const folder = root.join('notes.txt', 'run');
    await writeFile(root.join('notes.txt'), '');
    await expect(run(folder)).rejects.toThrow(`Could not write ${folder}: ENOTDIR: not a directory`);
  });

  it('begins anew over what a run without a checkpoint has left', async () => {
    const expected = await run(root.join('whole'));
    const folder = root.join('crashed');
    await expect(run(folder, crashAfter(3))).rejects.toThrow('crash');
    expect(await readdir(folder)).toEqual(['metrics.jsonl']);
    expect(await run(folder)).toEqual(expected);
  });
});

describe('a resumed run', () => {
  it('ends with the same bits, wherever a signal stopped it', async () => {
    const expected = await run(root.join('whole'));
    for (const steps of [0, 1, 3, 4, 5, 8, 11, 12]) {
      const folder = root.join(`stopped-${steps}`);
      const { report, tensors } = await run(folder, abortAfter(steps));
      expect(report).toMatchObject({ interrupted: true, epochs: Math.max(0, Math.ceil(steps / 4) - 1) });
      const taken = tensors.get('optimizer/step/layer/kernel')!.data[0];
      expect(taken).toBe(steps);
      expect(await resume(folder)).toEqual(expected);
      expect(await listFolder(folder)).toEqual(await listFolder(root.join('whole')));
    }
  });

  it('ends with the same bits, wherever it crashed', async () => {
    const expected = await run(root.join('whole'));
    for (const steps of [1, 4, 5, 8, 9, 12]) {
      const folder = root.join(`crashed-${steps}`);
      await expect(run(folder, crashAfter(steps))).rejects.toThrow('crash');
      expect(await resume(folder)).toEqual(expected);
    }
  });

  it('ends with the same bits, stopped after each step', async () => {
    const expected = await run(root.join('whole'));
    const folder = root.join('slow');
    let calls = 0;
    let outcome = await resume(folder, abortAfter(1));
    while (outcome.report.interrupted) {
      expect(++calls).toBeLessThan(14);
      outcome = await resume(folder, abortAfter(1));
    }
    expect(outcome).toEqual(expected);
  });

  it('takes no step again that was saved before a failing evaluation', async () => {
    const expected = await run(root.join('whole'));
    const folder = root.join('failed');
    const failing = { ...evaluation, run: () => Promise.reject(new Error('no query set')) };
    await expect(run(folder, { evaluation: failing })).rejects.toThrow('no query set');
    let firstStep: number | undefined;
    const onEvent = (event: TrainEvent) => {
      if (event.type === 'step') firstStep ??= 4 * event.epoch + event.step;
    };
    expect(await resume(folder, { onEvent })).toEqual(expected);
    expect(firstStep).toBe(8);
  });

  it('asks for the batches that are left and no others', async () => {
    await run(root.path, abortAfter(6));
    const task = tinyTask();
    const requests: number[][] = [];
    const batches: typeof task.batches = (request) => {
      requests.push([request.epoch, request.firstStep]);
      return task.batches(request);
    };
    await run(root.path, { resume: true }, { batches });
    expect(requests).toEqual([[1, 2], [2, 0]]); // prettier-ignore
    disposeTask(task);
  });

  it('that was finished returns at once, with the selected parameters', async () => {
    const expected = await run(root.path);
    const before = await listFolder(root.path);
    const lossTerms = () => {
      throw new Error('trained again');
    };
    expect(await run(root.path, { resume: true }, { lossTerms }, 9)).toEqual(expected);
    expect(await listFolder(root.path)).toEqual(before);
  });

  it('removes what a killed run has left half-written, and nothing else', async () => {
    await run(root.path, abortAfter(5));
    const before = [...(await listFolder(root.path)).keys()];
    const left = ['checkpoint.json.0123abcd.tmp', 'checkpoint-8.safetensors', 'best-0.safetensors', 'best-7.safetensors']; // prettier-ignore
    const kept = ['best-of-all.safetensors', 'model.safetensors', 'notes.tmp'];
    for (const name of [...left, ...kept]) await writeFile(root.join(name), '', { flag: 'a' });
    await resume(root.path, { signal: AbortSignal.abort() });
    expect(await readdir(root.path)).toEqual(expect.arrayContaining([...before, ...kept]));
    expect(await readdir(root.path)).toHaveLength(before.length + kept.length);
  });

  it('leaves no tensor behind', async () => {
    const stopped = root.join('stopped');
    await run(stopped, abortAfter(6));
    let copies = 0;
    const work = async () => {
      const folder = root.join(`copy-${copies++}`);
      await cp(stopped, folder, { recursive: true });
      await resume(folder);
    };
    expect(await leakedTensors(work)).toBe(0);
  });
});

describe('a full disk', () => {
  it('stops the run with its last checkpoint whole, and more space lets it go on', async () => {
    const expected = await run(root.join('whole'));
    let failures = 0;
    for (let bytes = 0; ; bytes += 2500) {
      const folder = root.join(`disk-${bytes}`);
      await limitDisk(bytes);
      const outcome = await run(folder).catch((error: Error) => error);
      jest.restoreAllMocks();
      if (!(outcome instanceof Error)) break;
      failures++;
      expect(outcome.message).toMatch(
        /^Could not write .*: no space is left on the device; .* \(ENOSPC\)\.$/,
      );
      expect((await readdir(folder)).filter((name) => name.endsWith('.tmp'))).toEqual([]);
      expect(await resume(folder)).toEqual(expected);
    }
    expect(failures).toBeGreaterThan(3);
  });
});
