import { afterEach, describe, expect, it } from '@jest/globals';
import type { Metric } from '../contracts/results.js';
import type { Optimizer } from '../optim/optimizer.js';
import { Rng } from '../random/rng.js';
import { expectClose, leakedTensors } from '../testing/index.js';
import type { tf } from '../tf.js';
import type { FitReport } from './fitReport.js';
import { disposeTask, readTask, tinyTask, type TinyBatch } from './tinyTask.testing.js';
import { train } from './train.js';
import type { TrainEvent } from './trainEvent.js';
import type { EpochRequest, TrainOptions } from './trainOptions.js';

const tasks: TrainOptions<TinyBatch>[] = [];
afterEach(() => tasks.splice(0).forEach(disposeTask));

function makeTask(changes: Partial<TrainOptions<TinyBatch>> = {}): TrainOptions<TinyBatch> {
  const task = tinyTask(changes);
  tasks.push(task);
  return task;
}

const metric = (value: number): Metric => ({ name: 'mAP', definition: 'hits, stable', value });

describe('train', () => {
  it('reports each step, each epoch with the means of its steps, and the end', async () => {
    const events: TrainEvent[] = [];
    const report = await train(makeTask({ options: { onEvent: (event) => events.push(event) } }));

    const steps = events.filter((event) => event.type === 'step');
    expect(steps.map(({ epoch, step }) => 4 * epoch + step)).toEqual([...Array(12).keys()]);
    expect(steps[6]).toMatchObject({ stepsPerEpoch: 4, batchSize: 2, learningRate: 0.1 / (1 + 1 + 2) });
    for (const { terms } of steps) expect(terms['loss']).toBe(terms['fit']! + terms['decay']!);

    const losses = steps.map(({ terms }) => terms['loss']!);
    const mean = (epoch: number) => losses.slice(4 * epoch, 4 * epoch + 4).reduce((a, b) => a + b) / 4;
    const epochs = events.filter((event) => event.type === 'epoch');
    expect(epochs.map(({ terms }) => terms['loss'])).toEqual([0, 1, 2].map(mean));
    expect(mean(2)).toBeLessThan(mean(0));

    expect(events.map(({ type }) => type).join(' ')).toBe(
      `start ${Array(3).fill('step step step step epoch').join(' ')} end`,
    );
    expect(events[0]).toEqual({ type: 'start', epoch: 0, epochs: 3, stepsPerEpoch: 4 });
    expect(events.at(-1)).toEqual({ type: 'end', epoch: 2, interrupted: false });
    expect(report).toEqual({ epochs: 3, interrupted: false, terms: epochs[2]!.terms, selectedEpoch: 2 });
  });

  it("follows a group's own schedule where it has one", async () => {
    const rates: (readonly number[])[] = [];
    const task = makeTask();
    const [group] = task.optimizer.groups;
    const optimizer: Optimizer = {
      ...task.optimizer,
      groups: [group!, { parameters: new Map(), learningRate: 3, schedule: (base) => base / 2 }],
      step: (_, learningRates) => rates.push(learningRates),
      state: () => task.optimizer.state(),
    };
    await train({ ...task, optimizer, epochs: 1, stepsPerEpoch: 2 });
    expect(rates).toEqual([
      [0.1, 1.5],
      [0.05, 1.5],
    ]);
  });

  it('draws batches from the seed and the epoch, dropout from the seed and the step', async () => {
    const requests: EpochRequest[] = [];
    const draws: number[] = [];
    const task = makeTask();
    await train({
      ...task,
      batches: (request) => {
        requests.push(request);
        return task.batches(request);
      },
      lossTerms: (batch, pass) => {
        expect(pass.training).toBe(true);
        draws.push(new Rng(pass.rng!.state()).uint32());
        return task.lossTerms(batch, pass);
      },
    });
    expect(requests.map(({ epoch, firstStep }) => [epoch, firstStep])).toEqual([[0, 0], [1, 0], [2, 0]]); // prettier-ignore
    expect(requests[2]!.rng.state().key).toEqual(new Rng(7).fork('epoch', 2).state().key);
    expect(draws).toEqual([...Array(12).keys()].map((step) => new Rng(7).fork('step', step).uint32()));
  });

  it('frees each batch after its step, also the one that fails', async () => {
    const freed: TinyBatch[] = [];
    const task = makeTask({ disposeBatch: (batch) => freed.push(batch) });
    await train(task);
    expect(freed).toHaveLength(12);
    const lossTerms: typeof task.lossTerms = (...args) => ({
      fit: task.lossTerms(...args)['fit']!.mul<tf.Scalar>(NaN),
    });
    await expect(train({ ...task, lossTerms })).rejects.toThrow(
      "train: expected loss term 'fit' to be finite at epoch 0, step 0, but got NaN.",
    );
    expect(freed).toHaveLength(13);
  });

  it('stops by a timer, though neither batches nor device ever wait', async () => {
    const abort = new AbortController();
    setTimeout(() => abort.abort(), 5);
    const report = await train(makeTask({ epochs: 100_000, options: { signal: abort.signal } }));
    expect(report.interrupted).toBe(true);
  });

  it('finishes the step under way when the signal fires', async () => {
    const abort = new AbortController();
    const task = makeTask();
    let calls = 0;
    const report = await train({
      ...task,
      lossTerms: (...args) => {
        if (++calls === 6) abort.abort();
        return task.lossTerms(...args);
      },
      options: { signal: abort.signal },
    });
    expect(calls).toBe(6);
    expect(report).toMatchObject({ epochs: 1, interrupted: true, selectedEpoch: 1 });
    const steps = (await readTask(task)).get('optimizer/step/layer/bias');
    expect([...steps!.data]).toEqual([6]);
  });

  it('does nothing where the signal has already fired', async () => {
    const task = makeTask({ options: { signal: AbortSignal.abort() } });
    const before = await readTask(task);
    expect(await train(task)).toEqual({ epochs: 0, interrupted: true, terms: {}, selectedEpoch: 0 });
    expect(await readTask(task)).toEqual(before);
  });

  it('refuses lengths that are no counts', async () => {
    await expect(train(makeTask({ epochs: 0 }))).rejects.toThrow(
      'train: expected epochs to be an integer of at least 1, but got 0.',
    );
    await expect(train(makeTask({ stepsPerEpoch: 1.5 }))).rejects.toThrow(
      'train: expected stepsPerEpoch to be an integer of at least 1, but got 1.5.',
    );
  });

  it('refuses an epoch that is shorter than announced', async () => {
    await expect(train(makeTask({ stepsPerEpoch: 5 }))).rejects.toThrow(
      'train: expected 5 more batches in this epoch, but got 4.',
    );
  });

  it('leaves no tensor behind', async () => {
    const task = makeTask();
    const evaluation = { every: 1, selectBest: true, run: () => Promise.resolve([metric(1)]) };
    expect(await leakedTensors(() => train({ ...task, options: { evaluation } }))).toBe(0);
  });
});

describe('train with an evaluation', () => {
  it.each([
    [0, [2]],
    [1, [0, 1, 2]],
    [2, [1, 2]],
    [3, [2]],
    [9, [2]],
  ])('every %d epochs evaluates after the epochs %j', async (every, expected) => {
    const evaluated: number[] = [];
    const events: TrainEvent[] = [];
    const run = (epoch: number) => Promise.resolve([metric(evaluated.push(epoch))]);
    await train(makeTask({ options: { evaluation: { every, run }, onEvent: (e) => events.push(e) } }));
    expect(evaluated).toEqual(expected);
    expect(events.filter((event) => event.type === 'evaluation')).toEqual(
      expected.map((epoch, i) => ({ type: 'evaluation', epoch, metrics: [metric(i + 1)] })),
    );
  });

  /** Trains with these first metrics of the epochs; gives the report, each epoch's kernel and the final one. */
  async function select(
    values: readonly number[],
    selectBest = true,
  ): Promise<[FitReport, number[][], number[]]> {
    const task = makeTask();
    const kernel = async () => [...(await readTask(task)).get('parameters/layer/kernel')!.data];
    const kernels: number[][] = [];
    const run = async (epoch: number) => {
      kernels.push(await kernel());
      return [metric(values[epoch]!), metric(-values[epoch]!)];
    };
    const report = await train({ ...task, options: { evaluation: { every: 1, run, selectBest } } });
    return [report, kernels, await kernel()];
  }

  it.each([
    ['the highest', [1, 3, 2], 1],
    ['the first of equals', [3, 3, 2], 0],
    ['the last where it is the highest', [-3, -2, -1], 2],
  ])('selects %s', async (_, values, best) => {
    const [report, kernels, final] = await select(values);
    expect(report.selectedEpoch).toBe(best);
    expect(final).toEqual(kernels[best]);
    expect(new Set(kernels.map(String)).size).toBe(3);
  });

  it('keeps the last epoch unless it is asked to select', async () => {
    const [report, kernels, final] = await select([3, 2, 1], false);
    expect(report.selectedEpoch).toBe(2);
    expect(final).toEqual(kernels[2]);
  });

  it('restores also what is not trained', async () => {
    const task = makeTask();
    const means: number[][] = [];
    const run = async (epoch: number) => {
      means.push([...(await readTask(task)).get('parameters/runningMean')!.data]);
      return [metric(-epoch)];
    };
    await train({ ...task, options: { evaluation: { every: 1, run, selectBest: true } } });
    expectClose((task.parameters as { runningMean: tf.Variable }).runningMean, means[0]!, {
      absolute: 0,
      relative: 0,
    });
  });

  it.each([
    ['NaN', [metric(NaN)]],
    ['none', []],
  ])('refuses to select by %s', async (text, metrics) => {
    const evaluation = { every: 1, selectBest: true, run: () => Promise.resolve(metrics) };
    await expect(train(makeTask({ options: { evaluation } }))).rejects.toThrow(
      `train: expected a finite first metric to select epoch 0 by, but got ${text}.`,
    );
  });
});
