import { readFileSync } from 'node:fs';
import { expect, it } from '@jest/globals';
import { tf } from '../tf.js';
import { bertAdam, type BertAdamOptions } from './bertAdam.js';
import { warmupCosine } from './schedules.js';

type Values = Readonly<Record<'w' | 'b', number[]>>;

interface Fixture {
  readonly learningRate: number;
  readonly warmup: number;
  readonly steps: number;
  readonly weightDecay: number;
  readonly options: BertAdamOptions;
  readonly start: Values;
  readonly gradients: readonly Values[];
  readonly after: readonly (Values & { learningRate: number })[];
}

const fixture = JSON.parse(
  readFileSync(new URL('../../fixtures/bertadam.json', import.meta.url), 'utf8'),
) as Fixture;

function makeParameters(): Map<string, tf.Variable> {
  return new Map(Object.entries(fixture.start).map(([name, x]) => [name, tf.variable(tf.tensor1d(x))]));
}

it('steps as its equations say, with a warm-up as its schedule', () => {
  const { learningRate, warmup, weightDecay, options, gradients, after, steps } = fixture;
  const parameters = makeParameters();
  const optimizer = bertAdam([{ parameters, learningRate, weightDecay }], options);
  const schedule = warmupCosine({ warmup });
  gradients.forEach((values, i) => {
    const position = { epoch: Math.floor(i / 5), epochs: steps / 5, step: i % 5, stepsPerEpoch: 5 };
    const rate = schedule(learningRate, position);
    expect(rate).toBeCloseTo(after[i]!.learningRate, 12);
    optimizer.step(new Map(Object.entries(values).map(([name, g]) => [name, tf.tensor1d(g)])), [rate]);
    for (const name of ['w', 'b'] as const) {
      const found = parameters.get(name)!.dataSync();
      after[i]![name].forEach((expected, j) => expect(found[j]).toBeCloseTo(expected, 6));
    }
  });
});

it('does not clip where the limit is Infinity', () => {
  const step = (scale: number, maxGradientNorm: number) => {
    const parameters = makeParameters();
    const gradients = new Map([['w', tf.tensor1d([3 * scale, 0, 4 * scale])]]);
    const optimizer = bertAdam([{ parameters, learningRate: 1 }], { maxGradientNorm });
    optimizer.step(gradients, [1]);
    return [...optimizer.state().get('m/w')!.dataSync()];
  };
  expect(step(2, Infinity)[2]).toBeCloseTo(0.8, 6);
  expect(step(2, 5)[2]).toBeCloseTo(0.4, 6);
  expect(step(1, 10)[2]).toBeCloseTo(0.4, 6);
});
