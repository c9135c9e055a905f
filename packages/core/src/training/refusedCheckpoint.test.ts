import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { readFile, rm, truncate, writeFile } from 'node:fs/promises';
import { Rng } from '../random/rng.js';
import { temporaryFolder } from '../testing/temporaryFolder.js';
import { tf } from '../tf.js';
import { abortAfter, evaluation, listFolder, run } from './resumableRun.testing.js';
import { disposeTask, readTask, tinyTask, type TinyBatch } from './tinyTask.testing.js';
import { train } from './train.js';
import type { TrainOptions } from './trainOptions.js';

const root = temporaryFolder(beforeEach, afterEach);

describe('a checkpoint is refused', () => {
  beforeEach(() => run(root.path, abortAfter(10)));

  /** Refused with this message, and everything left as it was. */
  async function expectRefused(message: string | RegExp, changes: Partial<TrainOptions<TinyBatch>> = {}) {
    const before = await listFolder(root.path);
    const task = tinyTask({ options: { folder: root.path, resume: true, evaluation }, ...changes });
    const tensors = await readTask(task);
    await expect(train(task)).rejects.toThrow(message);
    expect(await readTask(task)).toEqual(tensors);
    expect(await listFolder(root.path)).toEqual(before);
    disposeTask(task);
  }

  async function edit(change: (checkpoint: Record<string, unknown>) => void): Promise<void> {
    const path = root.join('checkpoint.json');
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
    await expectRefused(
      `train: expected the 3 epochs of the checkpoint in ${root.path}, but got 4. ${advice}`,
      {
        epochs: 4,
      },
    );
    await expectRefused(
      `train: expected the 4 steps per epoch of the checkpoint in ${root.path}, but got 5. ${advice}`,
      { stepsPerEpoch: 5 },
    );
  });

  it('with other parameters', async () => {
    const parameters = tf.tidy(() => ({
      layer: { kernel: tf.variable(tf.zeros([3, 4])), scale: tf.variable(tf.zeros([2])) },
      runningMean: tf.variable(tf.zeros([3])),
    }));
    const task = tinyTask({ options: { folder: root.path, resume: true }, parameters });
    await expect(train(task)).rejects.toThrow(
      `${root.join('checkpoint-10.safetensors')}: missing: layer/scale; unexpected: layer/bias; ` +
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
    const path = root.join(name);
    const bytes = await readFile(path);
    bytes[bytes.length - 1]! ^= 1;
    await writeFile(path, bytes);
    await expectRefused(
      /safetensors: expected SHA-256 [0-9a-f]{64}, as checkpoint.json says, but got [0-9a-f]{64}\.$/,
    );
    await rm(path);
    await expectRefused(`Checkpoint ${root.join('checkpoint.json')}: could not read ${name}.`);
  });

  it('where it is no JSON', async () => {
    await truncate(root.join('checkpoint.json'), 20);
    await expectRefused(`Checkpoint ${root.join('checkpoint.json')}: `);
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
    const path = root.join('metrics.jsonl');
    await truncate(path, 100);
    const task = tinyTask({ options: { folder: root.path, resume: true } });
    await expect(train(task)).rejects.toThrow(
      new RegExp(`^JsonLines.open: expected ${path} to have at least [0-9]+ bytes, but got 100\\.$`),
    );
    disposeTask(task);
  });
});
