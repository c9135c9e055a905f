import { describe, expect, it } from '@jest/globals';
import { Rng } from '../random/rng.js';
import { tf } from '../tf.js';
import { adam, adamW } from './adam.js';
import { bertAdam } from './bertAdam.js';
import type { Optimizer, ParameterGroup } from './optimizer.js';
import { rmsProp } from './rmsProp.js';
import { sgd } from './sgd.js';

const RATES = [0.01, 0.1];

function makeGroups(): ParameterGroup[] {
  const kernel = tf.tidy(() => tf.variable(tf.tensor2d([[0.3, -1.2], [2, 0.7]]))); // prettier-ignore
  const bias = tf.tidy(() => tf.variable(tf.tensor1d([0.5])));
  return [
    { parameters: new Map([['head/kernel', kernel]]), learningRate: 1, weightDecay: 0.05 },
    { parameters: new Map([['head/bias', bias]]), learningRate: 1 },
  ];
}

function train(optimizer: Optimizer, steps: readonly number[]): void {
  for (const step of steps) {
    const rng = new Rng(step);
    const draw = () => rng.normal();
    const gradients = new Map<string, tf.Tensor>();
    gradients.set('head/kernel', tf.tensor2d([draw(), draw(), draw(), 0], [2, 2]));
    // The bias misses every second gradient, so its count of steps differs.
    if (step % 2 === 0) gradients.set('head/bias', tf.tensor1d([draw()]));
    optimizer.step(gradients, RATES);
    for (const gradient of gradients.values()) gradient.dispose();
  }
}

function values({ groups }: Optimizer): number[] {
  return groups.flatMap(({ parameters }) => [...parameters.values()].flatMap((p) => [...p.dataSync()]));
}

describe.each<[string, (groups: readonly ParameterGroup[]) => Optimizer, string[]]>([
  ['adam', adam, ['m', 'v', 'step']],
  ['adamW', adamW, ['m', 'v', 'step']],
  ['bertAdam', bertAdam, ['m', 'v', 'step']],
  ['rmsProp', rmsProp, ['v', 'step']],
  ['sgd', sgd, ['step']],
  ['sgd with momentum', (groups) => sgd(groups, { momentum: 0.9 }), ['velocity', 'step']],
])('%s', (_, make, slots) => {
  it('goes on from a saved state to the same bits', () => {
    const whole = make(makeGroups());
    train(whole, [0, 1, 2]);
    const saved = new Map(
      [...whole.state()].map(([name, t]) => [name, tf.tensor(t.dataSync().slice(), t.shape)]),
    );
    const resumed = make(makeGroups());
    for (const [i, { parameters }] of whole.groups.entries()) {
      for (const [name, p] of parameters) {
        resumed.groups[i]!.parameters.get(name)!.assign(tf.tensor(p.dataSync().slice(), p.shape));
      }
    }
    resumed.load(saved);
    tf.dispose([...saved.values()]); // Its values are taken over, not its tensors.
    train(whole, [3, 4, 5]);
    train(resumed, [3, 4, 5]);
    expect(values(resumed)).toEqual(values(whole));
    for (const [name, tensor] of whole.state()) {
      expect([name, ...resumed.state().get(name)!.dataSync()]).toEqual([name, ...tensor.dataSync()]);
    }
  });

  it('names its state, counts the steps of each parameter, and leaks no tensor', () => {
    const start = tf.memory().numTensors;
    const optimizer = make(makeGroups());
    const made = tf.memory().numTensors;
    train(optimizer, [0, 1, 2]);
    const names = ['head/kernel', 'head/bias'].flatMap((name) => slots.map((slot) => `${slot}/${name}`));
    expect([...optimizer.state().keys()]).toEqual(names);
    expect(optimizer.state().get('step/head/kernel')!.dataSync()[0]).toBe(3);
    expect(optimizer.state().get('step/head/bias')!.dataSync()[0]).toBe(2);
    expect(tf.memory().numTensors).toBe(made);
    optimizer.dispose();
    for (const { parameters } of optimizer.groups) tf.dispose([...parameters.values()]);
    expect(tf.memory().numTensors).toBe(start);
  });

  it('takes a rate of 0, steps on a zero gradient, and stays finite', () => {
    const optimizer = make(makeGroups());
    const before = values(optimizer);
    const gradients = new Map([['head/kernel', tf.zeros([2, 2])]]);
    optimizer.step(gradients, [0, 0]);
    expect(values(optimizer)).toEqual(before);
    optimizer.step(gradients, RATES);
    expect(values(optimizer).every(Number.isFinite)).toBe(true);
  });
});

describe('RuleOptimizer', () => {
  it('ignores gradients of parameters that are not its own', () => {
    const optimizer = sgd(makeGroups());
    const before = values(optimizer);
    optimizer.step(new Map([['tail/kernel', tf.ones([2, 2])]]), RATES);
    expect(values(optimizer)).toEqual(before);
  });

  it('refuses a parameter in two groups', () => {
    const group = makeGroups()[0]!;
    expect(() => adam([group, group])).toThrow(
      'adam: expected each parameter in one group, but got head/kernel in two.',
    );
  });

  it('refuses another number of rates', () => {
    expect(() => adam(makeGroups()).step(new Map(), [1])).toThrow(
      'adam.step: expected a learning rate for each of 2 groups, but got 1.',
    );
  });

  it('refuses a gradient that would broadcast, before it changes anything', () => {
    const optimizer = sgd(makeGroups());
    const before = values(optimizer);
    const gradients = new Map([['head/bias', tf.ones([1])], ['head/kernel', tf.ones([1, 2])]]); // prettier-ignore
    expect(() => optimizer.step(gradients, RATES)).toThrow(
      'sgd.step: head/kernel: expected a gradient of shape [2, 2], but got [1, 2].',
    );
    expect(values(optimizer)).toEqual(before);
  });

  it('refuses the state of another optimiser', () => {
    expect(() => rmsProp(makeGroups()).load(sgd(makeGroups()).state())).toThrow(
      'rmsProp.load: missing: v/head/kernel, v/head/bias.',
    );
  });
});
