import { describe, expect, it } from '@jest/globals';
import { expectClose } from '../testing/index.js';
import { tf } from '../tf.js';
import { bertAdam } from './bertAdam.js';
import { joinOptimizers } from './joinOptimizers.js';
import { sgd } from './sgd.js';

describe('joinOptimizers', () => {
  function make() {
    const [a, b] = [tf.variable(tf.tensor1d([1, -2])), tf.variable(tf.tensor1d([3]))];
    const first = bertAdam([{ parameters: new Map([['a', a]]), learningRate: 0.1 }]);
    const second = sgd([{ parameters: new Map([['b', b]]), learningRate: 0.5 }], { momentum: 0.9 });
    return { a, b, joined: joinOptimizers([first, second]) };
  }
  const gradients = () =>
    new Map([
      ['a', tf.tensor1d([0.3, 0.4])],
      ['b', tf.tensor1d([2])],
    ]);

  it('updates each parameter by its own rule and rate', () => {
    const { a, b, joined } = make();
    const alone = tf.variable(tf.tensor1d([1, -2]));
    const rule = bertAdam([{ parameters: new Map([['a', alone]]), learningRate: 0.1 }]);
    for (let step = 0; step < 2; step++) {
      joined.step(gradients(), [0.1, 0.5]);
      rule.step(gradients(), [0.1]);
    }
    expectClose(a, [...alone.dataSync()]);
    expectClose(b, [3 - 0.5 * 2 - 0.5 * (0.9 * 2 + 2)]);
    expect(joined.groups.map(({ learningRate }) => learningRate)).toEqual([0.1, 0.5]);
  });

  it('goes on from a saved state', () => {
    const [one, other] = [make(), make()];
    one.joined.step(gradients(), [0.1, 0.5]);
    expect([...one.joined.state().keys()]).toEqual(['m/a', 'v/a', 'step/a', 'velocity/b', 'step/b']);
    other.joined.load(one.joined.state());
    other.a.assign(one.a);
    other.b.assign(one.b);
    for (const { joined } of [one, other]) joined.step(gradients(), [0.1, 0.5]);
    expectClose(other.a, [...one.a.dataSync()], { absolute: 0, relative: 0 });
    expectClose(other.b, [...one.b.dataSync()], { absolute: 0, relative: 0 });
  });

  it('refuses a parameter in two optimisers, and the state of others', () => {
    const parameters = new Map([['a', tf.variable(tf.scalar(1))]]);
    const parts = [sgd([{ parameters, learningRate: 1 }]), sgd([{ parameters, learningRate: 1 }])];
    expect(() => joinOptimizers(parts)).toThrow(
      'joinOptimizers: expected each parameter in one optimiser, but got a in two.',
    );
    expect(() => make().joined.load(parts[0]!.state())).toThrow(
      'joinOptimizers.load: missing: m/a, v/a, velocity/b, step/b.',
    );
  });

  it('leaves no tensor behind', () => {
    const before = tf.memory().numTensors;
    const { a, b, joined } = make();
    tf.tidy(() => joined.step(gradients(), [0.1, 0.5]));
    joined.dispose();
    tf.dispose([a, b]);
    expect(tf.memory().numTensors).toBe(before + 2); // the initial values
  });
});
