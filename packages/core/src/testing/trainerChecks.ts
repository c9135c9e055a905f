import assert from 'node:assert/strict';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Dataset, Modality } from '../contracts/dataset.js';
import type { Trainer } from '../contracts/method.js';
import { MODEL_TENSORS } from '../model/modelRecord.js';
import { tf } from '../tf.js';
import { stopAt, type StopPlace } from './stopAt.js';

export interface TrainerSetup {
  /** A new trainer of at least three epochs of two steps, from the same seed each time, with some settings changed. */
  readonly newTrainer: (change?: { epochs?: number; batchSize?: number }) => Trainer;
  readonly data: Dataset;
}

/**
 * What every trainer has to keep, by name; for a method's tests:
 *
 *     it.each(trainerChecks)('%s', (_, check) => check({ newTrainer, data }));
 */
export const trainerChecks: readonly (readonly [string, (setup: TrainerSetup) => Promise<void>])[] = [
  ['ends at the same bits whether or not it was interrupted', (setup) => checkResume(setup)],
  ['brings a saved model back: the same codes', checkSavedModel],
  ['encodes an item to the same code in any batch', checkBatches],
  ['leaves no tensor behind once disposed of', checkDisposal],
];

/** Stops a training at a step, goes on in a new trainer, and compares the model with that of a training in one go. */
export async function checkResume(
  { newTrainer, data }: TrainerSetup,
  place: StopPlace = { epoch: 1, step: 1 },
): Promise<void> {
  await inFolder(async (folder) => {
    const run = join(folder, 'run');
    const [whole, first, second] = [newTrainer(), newTrainer(), newTrainer()];
    await whole.fit(data);
    const stopped = await first.fit(data, { folder: run, ...stopAt(place) });
    assert.equal(stopped.interrupted, true, 'the training was not interrupted');
    const { interrupted } = await second.fit(data, { folder: run, resume: true });
    assert.equal(interrupted, false);
    const [wanted, got] = [await savedBytes(whole, folder), await savedBytes(second, folder)];
    assert.ok(wanted.equals(got), 'the model of the resumed training differs from that of one in one go');
    [whole, first, second].forEach((trainer) => trainer.dispose());
  });
}

async function checkSavedModel({ newTrainer, data }: TrainerSetup): Promise<void> {
  await inFolder(async (folder) => {
    const [saved, loaded] = [newTrainer({ epochs: 1 }), newTrainer()];
    await saved.fit(data);
    await saved.save(folder);
    await loaded.load(folder);
    for (const modality of data.query.modalities) await expectSameCodes([saved, loaded], data, modality);
    saved.dispose();
    loaded.dispose();
  });
}

async function checkBatches({ newTrainer, data }: TrainerSetup): Promise<void> {
  const trainers = [newTrainer({ batchSize: 3 }), newTrainer({ batchSize: 5 })] as const;
  for (const modality of data.query.modalities) await expectSameCodes(trainers, data, modality);
  trainers.forEach((trainer) => trainer.dispose());
}

async function checkDisposal({ newTrainer, data }: TrainerSetup): Promise<void> {
  const before = tf.memory().numTensors;
  const trainer = newTrainer({ epochs: 1 });
  await trainer.fit(data);
  for (const modality of data.query.modalities) await trainer.encode(data.query, modality);
  trainer.dispose();
  assert.equal(tf.memory().numTensors, before, 'tensors are left behind');
}

async function expectSameCodes(
  [one, other]: readonly [Trainer, Trainer],
  { query }: Dataset,
  modality: Modality,
): Promise<void> {
  const codes = await one.encode(query, modality);
  assert.equal(codes.count, query.length);
  assert.deepEqual(await other.encode(query, modality), codes, `codes of the modality ${modality} differ`);
}

async function savedBytes(trainer: Trainer, folder: string): Promise<Buffer> {
  const model = join(folder, 'model');
  await trainer.save(model);
  return readFile(join(model, MODEL_TENSORS));
}

async function inFolder(work: (folder: string) => Promise<void>): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), 'trainer-'));
  try {
    await work(folder);
  } finally {
    await rm(folder, { recursive: true });
  }
}
