import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { existsSync } from 'node:fs';
import { cp, mkdtemp, readdir, readFile, rm, truncate, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { limitDisk } from '../io/limitDisk.testing.js';
import { Rng } from '../random/rng.js';
import { leakedTensors } from '../testing/index.js';
import { tf } from '../tf.js';
import type { FitOptions } from './fitOptions.js';
import type { FitReport } from './fitReport.js';
import { disposeTask, readTask, tinyTask, type TinyBatch } from './tinyTask.testing.js';
import { train } from './train.js';
import type { TrainEvent } from './trainEvent.js';
import type { TrainOptions } from './trainOptions.js';

let root: string;
beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), 'resume-'));
});
afterEach(async () => {
  jest.restoreAllMocks();
  await rm(root, { recursive: true });
});

/** Evaluates the second and the third epoch; the second is better. */
const evaluation = {
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

async function run(
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
async function resume(folder: string, options: FitOptions = {}): Promise<Outcome> {
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

function abortAfter(steps: number): FitOptions {
  const abort = new AbortController();
  return { onEvent: afterSteps(steps, () => abort.abort()), signal: abort.signal };
}

function crashAfter(steps: number): FitOptions {
  const onEvent = afterSteps(steps, () => {
    throw new Error('crash');
  });
  return { onEvent };
}

async function listFolder(folder: string): Promise<Map<string, string>> {
  const names = (await readdir(folder)).sort();
  return new Map(
    await Promise.all(
      names.map(async (name) => [name, await readFile(join(folder, name), 'latin1')] as const),
    ),
  );
}

describe('a run with a folder', () => {
  it('leaves its metrics and one checkpoint, whatever else was there', async () => {
    const { metrics, report } = await run(join(root, 'a', 'b'));
    const names = ['best-1.safetensors', 'checkpoint-12.safetensors', 'checkpoint.json', 'metrics.jsonl'];
    expect((await readdir(join(root, 'a', 'b'))).sort()).toEqual(names);
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
      if (event.type === 'checkpoint') expect(event.folder).toBe(root);
    };
    await run(root, { onEvent });
    expect(epochs).toEqual([0, 1, 2]);
  });

  it('ends with the same tensors as one without', async () => {
    const { tensors } = await run(root);
    const task = tinyTask({ options: { evaluation } });
    await train(task);
    expect(await readTask(task)).toEqual(tensors);
    disposeTask(task);
  });

  it('is not overwritten unless it is resumed', async () => {
    await run(root, abortAfter(5));
    const before = await listFolder(root);
    await expect(run(root)).rejects.toThrow(
      `train: ${root} already holds a checkpoint, after 1 of 3 epochs. Resume it, or choose another folder.`,
    );
    expect(await listFolder(root)).toEqual(before);
  });

  it('says where its folder cannot be made', async () => {
    const folder = join(root, 'notes.txt', 'run');
    await writeFile(join(root, 'notes.txt'), '');
    await expect(run(folder)).rejects.toThrow(`Could not write ${folder}: ENOTDIR: not a directory`);
  });

  it('begins anew over what a run without a checkpoint has left', async () => {
    const expected = await run(join(root, 'whole'));
    const folder = join(root, 'crashed');
    await expect(run(folder, crashAfter(3))).rejects.toThrow('crash');
    expect(await readdir(folder)).toEqual(['metrics.jsonl']);
    expect(await run(folder)).toEqual(expected);
  });
});

describe('a resumed run', () => {
  it('ends with the same bits, wherever a signal stopped it', async () => {
    const expected = await run(join(root, 'whole'));
    for (const steps of [0, 1, 3, 4, 5, 8, 11, 12]) {
      const folder = join(root, `stopped-${steps}`);
      const { report, tensors } = await run(folder, abortAfter(steps));
      expect(report).toMatchObject({ interrupted: true, epochs: Math.max(0, Math.ceil(steps / 4) - 1) });
      const taken = tensors.get('optimizer/step/layer/kernel')!.data[0];
      expect(taken).toBe(steps);
      expect(await resume(folder)).toEqual(expected);
      expect(await listFolder(folder)).toEqual(await listFolder(join(root, 'whole')));
    }
  });

  it('ends with the same bits, wherever it crashed', async () => {
    const expected = await run(join(root, 'whole'));
    for (const steps of [1, 4, 5, 8, 9, 12]) {
      const folder = join(root, `crashed-${steps}`);
      await expect(run(folder, crashAfter(steps))).rejects.toThrow('crash');
      expect(await resume(folder)).toEqual(expected);
    }
  });

  it('ends with the same bits, stopped after each step', async () => {
    const expected = await run(join(root, 'whole'));
    const folder = join(root, 'slow');
    let calls = 0;
    let outcome = await resume(folder, abortAfter(1));
    while (outcome.report.interrupted) {
      expect(++calls).toBeLessThan(14);
      outcome = await resume(folder, abortAfter(1));
    }
    expect(outcome).toEqual(expected);
  });

  it('takes no step again that was saved before a failing evaluation', async () => {
    const expected = await run(join(root, 'whole'));
    const folder = join(root, 'failed');
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
    await run(root, abortAfter(6));
    const task = tinyTask();
    const requests: number[][] = [];
    const batches: typeof task.batches = (request) => {
      requests.push([request.epoch, request.firstStep]);
      return task.batches(request);
    };
    await run(root, { resume: true }, { batches });
    expect(requests).toEqual([[1, 2], [2, 0]]); // prettier-ignore
    disposeTask(task);
  });

  it('that was finished returns at once, with the selected parameters', async () => {
    const expected = await run(root);
    const before = await listFolder(root);
    const lossTerms = () => {
      throw new Error('trained again');
    };
    expect(await run(root, { resume: true }, { lossTerms }, 9)).toEqual(expected);
    expect(await listFolder(root)).toEqual(before);
  });

  it('removes what a killed run has left half-written, and nothing else', async () => {
    await run(root, abortAfter(5));
    const before = [...(await listFolder(root)).keys()];
    const left = ['checkpoint.json.0123abcd.tmp', 'checkpoint-8.safetensors', 'best-0.safetensors', 'best-7.safetensors']; // prettier-ignore
    const kept = ['best-of-all.safetensors', 'model.safetensors', 'notes.tmp'];
    for (const name of [...left, ...kept]) await writeFile(join(root, name), '', { flag: 'a' });
    await resume(root, { signal: AbortSignal.abort() });
    expect(await readdir(root)).toEqual(expect.arrayContaining([...before, ...kept]));
    expect(await readdir(root)).toHaveLength(before.length + kept.length);
  });

  it('leaves no tensor behind', async () => {
    const stopped = join(root, 'stopped');
    await run(stopped, abortAfter(6));
    let copies = 0;
    const work = async () => {
      const folder = join(root, `copy-${copies++}`);
      await cp(stopped, folder, { recursive: true });
      await resume(folder);
    };
    expect(await leakedTensors(work)).toBe(0);
  });
});

describe('a full disk', () => {
  it('stops the run with its last checkpoint whole, and more space lets it go on', async () => {
    const expected = await run(join(root, 'whole'));
    let failures = 0;
    for (let bytes = 0; ; bytes += 2500) {
      const folder = join(root, `disk-${bytes}`);
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

describe('a checkpoint is refused', () => {
  beforeEach(() => run(root, abortAfter(10)));

  /** Refused with this message, and everything left as it was. */
  async function expectRefused(message: string | RegExp, changes: Partial<TrainOptions<TinyBatch>> = {}) {
    const before = await listFolder(root);
    const task = tinyTask({ options: { folder: root, resume: true, evaluation }, ...changes });
    const tensors = await readTask(task);
    await expect(train(task)).rejects.toThrow(message);
    expect(await readTask(task)).toEqual(tensors);
    expect(await listFolder(root)).toEqual(before);
    disposeTask(task);
  }

  async function edit(change: (checkpoint: Record<string, unknown>) => void): Promise<void> {
    const path = join(root, 'checkpoint.json');
    const checkpoint = JSON.parse(await readFile(path, 'utf8')) as Record<string, unknown>;
    change(checkpoint);
    await writeFile(path, JSON.stringify(checkpoint));
  }

  it('with another seed', () =>
    expectRefused(/^train: expected the seed of the checkpoint in .* \(generator key .*\), but got another/, {
      rng: new Rng(8),
    }));

  it('with another length', async () => {
    const advice = 'Resume with the same settings and data, or choose another folder.';
    await expectRefused(`train: expected the 3 epochs of the checkpoint in ${root}, but got 4. ${advice}`, {
      epochs: 4,
    });
    await expectRefused(
      `train: expected the 4 steps per epoch of the checkpoint in ${root}, but got 5. ${advice}`,
      { stepsPerEpoch: 5 },
    );
  });

  it('with other parameters', async () => {
    const parameters = tf.tidy(() => ({
      layer: { kernel: tf.variable(tf.zeros([3, 4])), scale: tf.variable(tf.zeros([2])) },
      runningMean: tf.variable(tf.zeros([3])),
    }));
    const task = tinyTask({ options: { folder: root, resume: true }, parameters });
    await expect(train(task)).rejects.toThrow(
      `${join(root, 'checkpoint-10.safetensors')}: missing: layer/scale; unexpected: layer/bias; ` +
        'layer/kernel: expected shape [3, 4], but got [3, 2].',
    );
    disposeTask(task);
  });

  it('with parameters of another type', async () => {
    const task = tinyTask();
    const parameters = {
      ...task.parameters,
      runningMean: tf.tidy(() => tf.variable(tf.zeros([3], 'int32'))),
    };
    await expectRefused(
      'checkpoint-10.safetensors: expected runningMean to have dtype int32, but got float32.',
      {
        parameters,
      },
    );
    parameters.runningMean.dispose();
    disposeTask(task);
  });

  it.each(['checkpoint-10.safetensors', 'best-1.safetensors'])('with %s damaged or missing', async (name) => {
    const path = join(root, name);
    const bytes = await readFile(path);
    bytes[bytes.length - 1]! ^= 1;
    await writeFile(path, bytes);
    await expectRefused(
      /safetensors: expected SHA-256 [0-9a-f]{64}, as checkpoint.json says, but got [0-9a-f]{64}\.$/,
    );
    await rm(path);
    await expectRefused(`Checkpoint ${join(root, 'checkpoint.json')}: could not read ${name}.`);
  });

  it('where it is no JSON', async () => {
    await truncate(join(root, 'checkpoint.json'), 20);
    await expectRefused(`Checkpoint ${join(root, 'checkpoint.json')}: `);
  });

  it.each<[string, (checkpoint: Record<string, unknown>) => void, string]>([
    ['of another version', (c) => (c['version'] = 2), 'Invalid input: expected 1\n  → at version'],
    ['without a seed', (c) => delete c['rng'], 'expected object, received undefined\n  → at rng'],
    ['with an unknown key', (c) => (c['loss'] = 1), 'Unrecognized key: "loss"'],
    ['beyond the end of an epoch', (c) => (c['step'] = 5), 'expected step to be at most stepsPerEpoch'],
    ['beyond the end', (c) => (c['epoch'] = 4), 'expected epoch to be at most epochs'],
    [
      'that names a file elsewhere',
      (c) => (c['tensors'] = { ...(c['tensors'] as object), name: '../a.safetensors' }),
      '→ at tensors.name',
    ],
  ])('%s', async (_, change, message) => {
    await edit(change);
    await expectRefused(message);
  });

  it('where metrics.jsonl has lost lines', async () => {
    const path = join(root, 'metrics.jsonl');
    await truncate(path, 100);
    const task = tinyTask({ options: { folder: root, resume: true } });
    await expect(train(task)).rejects.toThrow(
      new RegExp(`^JsonLines.open: expected ${path} to have at least [0-9]+ bytes, but got 100\\.$`),
    );
    disposeTask(task);
  });
});
