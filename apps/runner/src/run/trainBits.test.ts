import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { Rng, resultsSchema, tf, type TrainEvent } from '@hash/core';
import { fakeDataset, temporaryFolder } from '@hash/core/testing';
import { wch } from '@hash/wch';
import { InterruptedError } from '../errors.js';
import { processSurroundings } from '../surroundings.js';
import { evaluateRun } from './evaluateRun.js';
import { makeBackbone } from './makeBackbone.js';
import type { Plan } from './plan.js';
import { changePlan, planOfRecipe } from './resolvePlan.js';
import type { Run } from './run.js';
import { createRunFolder, runFiles, writeJson } from './runFolder.js';
import { trainBits } from './trainBits.js';

const tiny = ['epochs=2', 'batchSize=6', 'hiddenWidth=8', 'learningRate=0.01', 'evaluation.precisionAt=1'];
const base = planOfRecipe({ method: wch, source: 'wch' }, 'quick');
const options = { size: 8, patch: 4, width: 8, depth: 1, heads: 1, mlpWidth: 8 };
const plan: Plan = changePlan(
  { ...base, backbone: { ...base.backbone, options } },
  { set: tiny, bits: [8] },
  wch,
);

const folder = temporaryFolder(beforeEach, afterEach);

const data = () => fakeDataset({ rng: new Rng('data'), train: 12, query: 4, database: 8 });

/** A run in memory whose clock goes on by a second each time it is read. */
function runIn(
  place: string,
  changes: Partial<Run> = {},
  onEvent: (event: TrainEvent) => void = () => {},
): Run {
  let time = 0;
  return {
    plan,
    method: wch,
    dataset: data(),
    backbone: () => makeBackbone(plan),
    engine: 'cpu',
    folder: place,
    name: 'runs/this',
    signal: new AbortController().signal,
    seconds: () => time++,
    say: () => {},
    progress: () => ({ onEvent, stop: () => {} }),
    ...changes,
  };
}

/** The parameters of the trained model. */
const model = (place: string) => readFileSync(join(place, 'bits-8', 'model.safetensors')).toString('hex');

describe('trainBits', () => {
  it('measures the trained and the untrained network and random codes', async () => {
    const tensors = tf.memory().numTensors;
    const { results, training } = await trainBits(runIn(folder.path), 8);
    expect(results).toEqual(
      resultsSchema.parse(JSON.parse(readFileSync(runFiles.results(folder.path, 8), 'utf8'))),
    );
    const names = ['mAP@all', 'precision@1'];
    expect(results.metrics.map(({ name }) => name)).toEqual(names);
    expect(results.baselines.untrained.map(({ name }) => name)).toEqual(names);
    expect(results.baselines.randomCodes.map(({ name }) => name)).toEqual(names);
    expect(results).toMatchObject({
      method: 'wch',
      dataset: 'fake',
      protocol: 'fake',
      bits: 8,
      seed: 0,
      engine: 'cpu',
    });
    expect(results.metrics).not.toEqual(results.baselines.untrained);
    expect(training).toMatchObject({ epochs: 2, selectedEpoch: 1, seconds: 1 });
    expect(readdirSync(folder.join('bits-8', 'codes')).sort()).toEqual([
      'database-image.npy',
      'database-labels.npy',
      'query-image.npy',
      'query-labels.npy',
    ]);
    expect(tf.memory().numTensors).toBe(tensors);
  });

  it('starts every bit length from the same network, and the same run from the same seed', async () => {
    const [a, b] = [folder.join('a'), folder.join('b')];
    expect(await trainBits(runIn(a), 8)).toEqual(await trainBits(runIn(b), 8));
    expect(model(a)).toBe(model(b));
    const other = folder.join('other');
    await trainBits(runIn(other, { plan: { ...plan, seed: 1 } }), 8);
    expect(model(other)).not.toBe(model(a));
  });

  it('goes on where it was stopped, to the same results', async () => {
    const [whole, parts] = [folder.join('whole'), folder.join('parts')];
    const expected = await trainBits(runIn(whole), 8);
    const controller = new AbortController();
    const stopping = runIn(parts, { signal: controller.signal }, (event) => {
      if (event.type === 'step' && event.epoch === 1 && event.step === 0) controller.abort();
    });
    await expect(trainBits(stopping, 8)).rejects.toThrow(
      new InterruptedError('Stopped and saved. To go on, repeat the command with --resume runs/this'),
    );
    expect(existsSync(runFiles.results(parts, 8))).toBe(false);
    const { results, training } = await trainBits(runIn(parts), 8);
    expect(results).toEqual(expected.results);
    expect(training).toEqual({ ...expected.training, seconds: 2 });
    expect(model(parts)).toBe(model(whole));
  });

  it('stops while it measures, before and after training', async () => {
    const controller = new AbortController();
    controller.abort();
    await expect(trainBits(runIn(folder.path, { signal: controller.signal }), 8)).rejects.toThrow(
      InterruptedError,
    );
    const late = new AbortController();
    const run = runIn(folder.path, { signal: late.signal }, (event) => {
      if (event.type === 'end') late.abort();
    });
    await expect(trainBits(run, 8)).rejects.toThrow(InterruptedError);
    await expect(trainBits(runIn(folder.path), 8)).resolves.toMatchObject({ training: { epochs: 2 } });
  });

  it('does not do again what is done', async () => {
    const first = await trainBits(runIn(folder.path), 8);
    const said: string[] = [];
    const noTraining = runIn(folder.path, { say: (line) => said.push(line) }, () => {
      throw new Error('It trains again.');
    });
    expect(await trainBits(noTraining, 8)).toEqual(first);
    expect(said).toEqual(['8 bits: done before']);
  });

  it('names a results file that is broken', async () => {
    await trainBits(runIn(folder.path), 8);
    const file = runFiles.results(folder.path, 8);
    await writeJson(file, { ...(JSON.parse(readFileSync(file, 'utf8')) as object), bits: 0 });
    await expect(trainBits(runIn(folder.path), 8)).rejects.toThrow(
      `${file}: bits: Too small: expected number to be >=1.`,
    );
  });

  it('keeps the epoch that is best on the queries where that is asked for', async () => {
    const values: number[] = [];
    const queries = runIn(folder.path, { plan: { ...plan, select: 'queries' } }, (event) => {
      if (event.type === 'evaluation') values.push(event.metrics[0]!.value);
    });
    const { results, training } = await trainBits(queries, 8);
    expect(values).toHaveLength(2);
    expect(results.metrics[0]!.value).toBe(Math.max(...values));
    expect(training.selectedEpoch).toBe(values.indexOf(Math.max(...values)));
  });

  it('selects on the validation split, against the rest of train', async () => {
    const dataset = data();
    const coded: number[] = [];
    const watch = (samples: typeof dataset.query): typeof dataset.query => ({
      ...samples,
      batches: (request) => {
        if (request.order === undefined) coded.push(samples.length);
        return samples.batches(request);
      },
    });
    const { train, query } = dataset;
    const split = { ...dataset, train: watch(train), validation: watch(query) };
    await trainBits(runIn(folder.path, { dataset: split, plan: { ...plan, select: 'validation' } }), 8);
    expect(coded).toEqual([4, 12, 4, 12]);
  });
});

describe('evaluateRun', () => {
  const around = { ...processSurroundings(), cwd: '/' };
  const say = () => {};

  it('measures the saved codes again', async () => {
    const { results } = await trainBits(runIn(folder.path), 8);
    const split = { protocol: 'fake', seed: null, parts: {}, sha256: '0'.repeat(64) };
    await createRunFolder(folder.path, { plan, engine: 'cpu', versions: {} }, split);
    const [same] = await evaluateRun(folder.path, around, { choice: {} }, say);
    expect(same).toEqual({ bits: 8, metrics: results.metrics, curves: [] });
    const [other] = await evaluateRun(
      folder.path,
      around,
      {
        bits: [8],
        choice: { mapAt: [5], denominators: ['relevant'], precisionAt: [], ties: 'average' },
        curve: 'rank',
      },
      say,
    );
    expect(other!.metrics).toEqual([
      { name: 'mAP@5', definition: 'relevant, average over ties', value: expect.any(Number) },
    ]);
    expect(other!.curves).toMatchObject([{ name: 'precision-recall by rank', at: [1, 2, 5, 8] }]);
    const [byRadius] = await evaluateRun(folder.path, around, { choice: {}, curve: 'radius' }, say);
    expect(byRadius!.curves[0]).toMatchObject({ at: [0, 1, 2, 3, 4, 5, 6, 7, 8] });
    expect(byRadius!.curves[0]!.recall.at(-1)).toBe(1);
    await expect(evaluateRun(folder.path, around, { bits: [16], choice: {} }, say)).rejects.toThrow(
      'The run has no codes of 16 bits; it has 8.',
    );
  });

  it('knows what is no run folder', async () =>
    expect(evaluateRun(folder.path, around, { choice: {} }, say)).rejects.toThrow(
      `${folder.path} is no run folder: it has no config.json.`,
    ));
});
