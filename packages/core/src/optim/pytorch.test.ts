import { readFileSync } from 'node:fs';
import { expect, it } from '@jest/globals';
import { tf } from '../tf.js';
import { adam, adamW } from './adam.js';
import type { Optimizer, ParameterGroup } from './optimizer.js';
import { rmsProp } from './rmsProp.js';
import { sgd } from './sgd.js';

type Values = Readonly<Record<string, number[]>>;

interface Fixture {
  readonly groups: readonly { parameter: string; learningRate: number; weightDecay?: number }[];
  readonly start: Values;
  readonly gradients: readonly Values[];
  readonly cases: readonly { optimizer: string; options: object; after: readonly Values[] }[];
}

const fixture = JSON.parse(
  readFileSync(new URL('../../fixtures/optimizers.json', import.meta.url), 'utf8'),
) as Fixture;

const factories: Readonly<Record<string, (groups: readonly ParameterGroup[], options: object) => Optimizer>> =
  { adam, adamW, rmsProp, sgd };

it.each(fixture.cases.map((c) => [c.optimizer, JSON.stringify(c.options), c] as const))(
  '%s %s steps as in PyTorch, and skips a parameter without a gradient',
  (name, _, { options, after }) => {
    const variables = new Map(
      Object.entries(fixture.start).map(([name, values]) => [name, tf.variable(tf.tensor1d(values))]),
    );
    const groups = fixture.groups.map(({ parameter, ...settings }) => {
      return { ...settings, parameters: new Map([[parameter, variables.get(parameter)!]]) };
    });
    const optimizer = factories[name]!(groups, options);
    fixture.gradients.forEach((gradients, step) => {
      const tensors = Object.entries(gradients).map(([name, g]) => [name, tf.tensor1d(g)] as const);
      const rates = groups.map(({ learningRate }) => learningRate);
      optimizer.step(new Map(tensors), rates);
      for (const [name, variable] of variables) {
        const values = variable.dataSync();
        after[step]![name]!.forEach((expected, i) => expect(values[i]).toBeCloseTo(expected, 6));
      }
    });
  },
);
