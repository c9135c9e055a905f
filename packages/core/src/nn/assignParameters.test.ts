import { describe, expect, it } from '@jest/globals';
import { tf } from '../tf.js';
import type { StoredTensor } from '../io/storedTensor.js';
import { assignParameters } from './assignParameters.js';

function makeTree() {
  return { head: { kernel: tf.variable(tf.zeros([1, 2])), bias: tf.variable(tf.zeros([2])) } };
}

function values(entries: Record<string, readonly [number[], number[]]>): Map<string, StoredTensor> {
  return new Map(
    Object.entries(entries).map(([name, [shape, data]]) => [
      name,
      { dtype: 'float32', shape, data: new Float32Array(data) },
    ]),
  );
}

describe('assignParameters', () => {
  it('writes values into the variables and leaks nothing', () => {
    const tree = makeTree();
    const before = tf.memory().numTensors;
    const source = values({ 'head/kernel': [[1, 2], [1, 2]], 'head/bias': [[2], [3, 4]] }); // prettier-ignore
    assignParameters('file', tree, source);
    expect([...tree.head.kernel.dataSync(), ...tree.head.bias.dataSync()]).toEqual([1, 2, 3, 4]);
    expect(tf.memory().numTensors).toBe(before);
  });

  it('lists everything that is wrong, and then changes nothing', () => {
    const tree = makeTree();
    const wrong = values({ 'head/kernel': [[2, 1], [1, 2]], 'tail/bias': [[2], [3, 4]], x: [[1], [1]] }); // prettier-ignore
    expect(() => assignParameters('file', tree, wrong)).toThrow(
      'file: missing: head/bias; unexpected: tail/bias, x; ' +
        'head/kernel: expected shape [1, 2], but got [2, 1].',
    );
    expect([...tree.head.kernel.dataSync()]).toEqual([0, 0]);
  });

  it('tells a scalar from an empty vector', () => {
    const tree = { scale: tf.variable(tf.scalar(0)) };
    expect(() => assignParameters('file', tree, values({ scale: [[0], []] }))).toThrow(
      'file: scale: expected shape [], but got [0].',
    );
    assignParameters('file', tree, values({ scale: [[], [4]] }));
    expect(tree.scale.dataSync()[0]).toBe(4);
  });

  it('refuses data that does not fill its shape', () => {
    const tree = { bias: tf.variable(tf.zeros([2])) };
    expect(() => assignParameters('file', tree, values({ bias: [[2], [1]] }))).toThrow(
      'file: bias: expected 2 numbers for shape [2], but got 1.',
    );
  });
});
