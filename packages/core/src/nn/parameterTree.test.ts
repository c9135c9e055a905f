import { describe, expect, it } from '@jest/globals';
import { tf } from '../tf.js';
import { disposeParameters, flattenParameters, trainableParameters } from './parameterTree.js';

function makeTree() {
  const tied = tf.variable(tf.ones([2]));
  const state = tf.variable(tf.zeros([1]), false);
  return { a: tied, block: { inner: { state }, again: tied }, none: {} };
}

describe('parameterTree', () => {
  it('names variables by path, in order', () => {
    const tree = makeTree();
    expect([...flattenParameters(tree)]).toEqual([
      ['a', tree.a],
      ['block/inner/state', tree.block.inner.state],
      ['block/again', tree.a],
    ]);
    expect([...flattenParameters(tree, '.').keys()]).toEqual(['a', 'block.inner.state', 'block.again']);
  });

  it('tells what is trained from what is only saved', () => {
    expect([...trainableParameters(makeTree(), '.').keys()]).toEqual(['a', 'block.again']);
  });

  it('disposes of each variable once, tied ones too', () => {
    const tensors = tf.memory().numTensors;
    const tree = tf.tidy(makeTree);
    expect(tf.memory().numTensors).toBe(tensors + 2);
    disposeParameters(tree);
    expect(tf.memory().numTensors).toBe(tensors);
  });
});
