import { describe, expect, it } from '@jest/globals';
import { flattenParameters, Rng, tf } from '@hash/core';
import { expectClose, leakedTensors } from '@hash/core/testing';
import { ConceptEncoder } from './conceptEncoder.js';
import { conceptPositions } from './conceptPositions.js';
import { conceptWeights } from './conceptWeights.js';
import { MithNetwork } from './network.js';
import { ResidualMlp } from './residualMlp.js';
import { itemsFirst, mithVectors as vectors } from './vectors.testing.js';
import { wordTokens } from './wordTokens.js';

const { lta } = vectors;
const scores = () => itemsFirst(lta['concept_sim(L,N,K)']); // [n, tokens, concepts]
const tokens = () => itemsFirst(lta['x(L,N,D)']); // [n, tokens, width]
const seen = () => tf.sub<tf.Tensor2D>(1, tf.tensor2d(lta['key_padding_mask(N,L)']));
const options = { width: 8, bits: 6, conceptsPerToken: 3, conceptBlocks: 1, attentionHeads: 2 };

describe('conceptWeights', () => {
  it.each([
    ['some tokens hidden', seen(), lta.expected],
    ['all tokens', undefined, lta.expected_without_mask],
  ] as const)('has the votes and the sums of the oracle: %s', (_, visible, expected) => {
    const weights = conceptWeights(scores(), lta.top_k, visible);
    const votes = tf.cast(tf.greater(weights, 0), 'float32');
    expectClose(tf.transpose(votes, [1, 0, 2]), expected['pseudo_label(L,N,K)']);
    const said = tf.matMul(weights, tokens(), true);
    expectClose(tf.transpose(said, [1, 0, 2]), expected['merged(K,N,D)']);
  });

  it('has the weights of the oracle', () => {
    const weights = conceptWeights(scores(), lta.top_k, seen());
    expectClose(tf.transpose(weights, [1, 0, 2]), lta.expected['token_weights(L,N,K)']);
  });

  it('leaves a concept without a vote at 0, and all of them where no token is seen', () => {
    const none = conceptWeights(tf.tensor3d([[[-0.5, 0.2], [-0.1, 0.4]]]), 2); // prettier-ignore
    expectClose(tf.sum(none, 1), [[0, 1]]);
    expectClose(conceptWeights(tf.ones([1, 2, 2]), 1, tf.zeros([1, 2])), [[[0, 0], [0, 0]]]); // prettier-ignore
  });

  it('keeps more concepts where their scores are equal', () => {
    expectClose(conceptWeights(tf.tensor3d([[[0.5, 0.5, 0.1]]]), 1), [[[1, 1, 0]]]);
  });
});

describe('conceptPositions', () => {
  it('has the values of the oracle', () => {
    const { d_model: width, len: concepts, expected } = vectors.positional_encoding;
    expectClose(tf.tensor2d(conceptPositions(concepts, width), [concepts, width]), expected);
  });
});

describe('ResidualMlp', () => {
  it('has the values of the oracle', () => {
    const { x, expected, ...values } = vectors.res_mlp_one_layer;
    const layer = new ResidualMlp({ width: 4, rng: new Rng(1) });
    const variables = flattenParameters(layer.parameters);
    const assign = (name: string, value: tf.Tensor) => variables.get(name)!.assign(value);
    assign('norm/scale', tf.tensor1d(values['ln.weight']));
    assign('norm/bias', tf.tensor1d(values['ln.bias']));
    assign('expand/kernel', tf.transpose(tf.tensor2d(values['fc1.weight'])));
    assign('expand/bias', tf.tensor1d(values['fc1.bias']));
    assign('contract/kernel', tf.transpose(tf.tensor2d(values['fc2.weight'])));
    assign('contract/bias', tf.tensor1d(values['fc2.bias']));
    expectClose(layer.apply(tf.tensor2d(x)), expected);
  });
});

describe('ConceptEncoder', () => {
  const { 'x(K,N,D)': x, 'w(K,D)': w, 'b(K)': b, 'expected(N,K)': expected } = vectors.bitwise_hashing;
  const encoder = new ConceptEncoder({ width: 4, concepts: 3, blocks: 1, heads: 2, rng: new Rng(1) });

  it('makes a bit of each concept as the oracle does', () => {
    const variables = flattenParameters(encoder.parameters);
    variables.get('bits/kernel')!.assign(tf.tensor2d(w));
    variables.get('bits/bias')!.assign(tf.tensor1d(b));
    expectClose(encoder.hashes(itemsFirst(x)), expected);
  });

  it('tells concepts apart of which nothing is said', () => {
    const { hashes, vectors } = encoder.apply(tf.zeros([2, 3, 4]));
    expect(hashes.shape).toEqual([2, 3]);
    const [first, second] = tf.unstack(tf.slice(vectors, 0, 1).squeeze([0])) as [tf.Tensor, tf.Tensor];
    expect(tf.max(tf.abs(tf.sub(first, second))).dataSync()[0]).toBeGreaterThan(0.01);
    expectClose(tf.norm(vectors, 'euclidean', 2), [[1, 1, 1], [1, 1, 1]]); // prettier-ignore
  });
});

describe('wordTokens', () => {
  it('hides the end and padding', () => {
    const ids = new Int32Array(8);
    const tokens = { ids, shape: [2, 4] as const, lengths: Uint32Array.of(3, 4) };
    expectClose(wordTokens(tokens), [[1, 1, 0, 0], [1, 1, 1, 0]]); // prettier-ignore
  });

  it("defect of the authors' code: a word of number 0, as CLIP's '!' has it, is no padding", () => {
    const tokens = { ids: Int32Array.of(9, 0, 10, 0), shape: [1, 4] as const, lengths: Uint32Array.of(3) };
    expectClose(wordTokens(tokens), [[1, 1, 0, 0]]);
  });
});

describe('MithNetwork', () => {
  const network = new MithNetwork({ ...options, rng: new Rng(1) });
  const pooled = () => tf.randomNormal<tf.Rank.R2>([2, 8], 0, 1, 'float32', 1);
  const places = () => tf.randomNormal<tf.Rank.R3>([2, 5, 8], 0, 1, 'float32', 2);

  it('has both codes in (-1, 1), with one learner of concepts for both modalities', () => {
    const [image, text] = (['image', 'text'] as const).map((m) => network.apply(m, pooled(), places()));
    for (const codes of [image!.global, image!.local, text!.local]) {
      expect(codes.shape).toEqual([2, 6]);
      expect(tf.max(tf.abs(codes)).dataSync()[0]).toBeLessThan(1);
    }
    expectClose(image!.global, text!.global.arraySync());
    expect(image!.local.arraySync()).not.toEqual(text!.local.arraySync());
  });

  it('takes no gradient through the votes: tokens move by what they say alone', () => {
    const learner = [...flattenParameters(network.parameters)].find(([name]) =>
      name.startsWith('concepts/concepts'),
    )![1];
    const local = () => tf.sum<tf.Scalar>(network.apply('image', pooled(), places()).local);
    const { grads } = tf.variableGrads(local);
    expect(grads[learner.name] ?? null).toBeNull();
    const toTokens = tf.grad((x) => tf.sum(network.apply('image', pooled(), x as tf.Tensor3D).local));
    const gradient = toTokens(places());
    expect(gradient.dataSync().every(Number.isFinite)).toBe(true);
    expect(tf.max(tf.abs(gradient)).dataSync()[0]).toBeGreaterThan(0);
  });

  it('says nothing of tokens that are hidden', () => {
    const [few, many] = [tf.slice(places(), [0, 0, 0], [2, 3, 8]), places()];
    const hidden = tf.tensor2d([[1, 1, 1, 0, 0], [1, 1, 1, 0, 0]]); // prettier-ignore
    const { local } = network.apply('text', pooled(), many, hidden);
    expectClose(local, network.apply('text', pooled(), few).local.arraySync());
  });

  it('takes a batch of one', () => {
    const one = tf.slice(places(), 0, 1);
    const { local } = network.apply('image', tf.slice(pooled(), 0, 1), one);
    expectClose(local, tf.slice(network.apply('image', pooled(), places()).local, 0, 1).arraySync());
  });

  it('leaks no tensor', async () => {
    const [features, all] = [pooled(), places()];
    const work = () => tf.tidy(() => void network.apply('image', features, all));
    expect(await leakedTensors(work)).toBe(0);
  });

  it('refuses fewer bits than concepts that a token votes for', () => {
    expect(() => new MithNetwork({ ...options, bits: 4, conceptsPerToken: 8, rng: new Rng(1) })).toThrow(
      'MITH: expected at least as many bits as conceptsPerToken, 8, but got 4.',
    );
  });
});
