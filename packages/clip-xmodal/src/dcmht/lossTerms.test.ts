import { describe, expect, it } from '@jest/globals';
import { tf } from '@hash/core';
import { centralDifferences, expectClose, leakedTensors } from '@hash/core/testing';
import { labelSimilarity } from '../common/labelSimilarity.js';
import { dcmhtConfigSchema, type DcmhtConfig } from './config.js';
import { lossTerms } from './lossTerms.js';
import { selectedBits, selection } from '../common/selection.js';
import { dcmhtVectors } from './vectors.testing.js';

const { expected, logits_image, logits_text, labels, K: bits, tie_rule } = dcmhtVectors;
const similar = labelSimilarity(tf.tensor2d(labels));
const logits = () => [tf.tensor2d(logits_image), tf.tensor2d(logits_text)] as const;
const pairs = () => logits().map(selection) as [tf.Tensor2D, tf.Tensor2D];

const terms = (config: Partial<DcmhtConfig>, image: tf.Tensor2D, text: tf.Tensor2D) =>
  lossTerms(dcmhtConfigSchema.parse({ bits, ...config }), image, text, similar);

const total = (config: Partial<DcmhtConfig>, image: tf.Tensor2D, text: tf.Tensor2D) =>
  tf.addN<tf.Scalar>(Object.values(terms(config, image, text)));

const sum = ({ positive, negative }: { positive: number; negative: number }) => positive + negative;

describe('labelSimilarity', () => {
  it('is 1 where a class is shared', () => expectClose(similar, expected.label_sim));

  it('counts several shared classes once; an item without a class is like itself alone', () => {
    const labels = tf.tensor2d([[1, 1, 0], [1, 1, 1], [0, 0, 0]]); // prettier-ignore
    expectClose(labelSimilarity(labels), [[1, 1, 0], [1, 1, 0], [0, 0, 1]]); // prettier-ignore
  });
});

describe('selection', () => {
  it('has the pairs and the codes of the oracle', () => {
    const [image, text] = pairs();
    expectClose(image, expected.pairs_image);
    expectClose(text, expected.pairs_text);
    expectClose(selectedBits(image), expected.codes_image);
    expectClose(selectedBits(text), expected.codes_text);
  });

  it('selects -1 where both are as probable', () => {
    expectClose(selectedBits(tf.tensor2d([tie_rule.pair])), [[tie_rule.code]]);
  });
});

describe('the loss of DCMHT', () => {
  it.each([
    ["the authors' collected code", {}, expected.refactor_l2_euclidean],
    ["the authors' first code", { errorRate: 0.5 }, expected['original_DCHMT_l2_vartheta0.5_noquan']],
    ['distances', { errorRate: 0.5, power: 1 }, expected['original_DCHMT_l1_vartheta0.5']],
    ['cosines', { similarity: 'cosine' }, expected['original_cosine_l2_threshold0.1']],
  ] as const)('has the values of the oracle: %s', (_, config, { IT, II, TT }) => {
    const { imageText, imageImage, textText } = terms(config, ...pairs());
    expectClose(imageText, sum(IT));
    expectClose(imageImage, sum(II));
    expectClose(textText, sum(TT));
  });

  it('has the values of the oracle: cross-entropy of cosines', () => {
    const { IT, II, TT } =
      expected['refactor_cosine_bce_threshold0.1(value is used as BOTH positive and negative)'];
    const { imageText, imageImage, textText } = terms({ similarity: 'cosineEntropy' }, ...pairs());
    expectClose(imageText, 2 * IT);
    expectClose(imageImage, 2 * II);
    expectClose(textText, 2 * TT);
  });

  it('has the totals of the oracle', () => {
    const { quantisation } = terms({}, ...pairs());
    expectClose(quantisation, 0.0005 * (expected.quan_image + expected.quan_text));
    expectClose(total({}, ...pairs()), expected.total_refactor);
    const first = { errorRate: 0.5, quantisationWeight: 0 };
    expectClose(total(first, ...pairs()), expected['original_DCHMT_l2_vartheta0.5_noquan'].total);
  });

  it('has the gradients of the oracle', () => {
    const [image, text] = tf.grads((...x: tf.Tensor[]) =>
      total({}, selection(x[0] as tf.Tensor2D), selection(x[1] as tf.Tensor2D)),
    )([...logits()]);
    const tolerance = { absolute: 1e-4, relative: 1e-4 };
    expectClose(image!, expected['grad_total_wrt_logits_image(through pair softmax)'], tolerance);
    expectClose(text!, expected['grad_total_wrt_logits_text(through pair softmax)'], tolerance);
  });

  // Far from the kinks: neither at a threshold nor at equal codes.
  it.each([
    { power: 1 },
    { similarity: 'cosine' },
    { similarity: 'cosine', power: 1 },
    { similarity: 'cosineEntropy' },
  ] as const)('has the gradients of central differences: %j', (config) => {
    const [image, text] = pairs();
    const loss = (x: tf.Tensor) => terms(config, x as tf.Tensor2D, text).imageText;
    const expected = centralDifferences(loss, image, 1e-3);
    expectClose(tf.grad(loss)(image).flatten(), expected, { absolute: 2e-3, relative: 1e-2 });
  });

  it.each([{}, { power: 1 }, { similarity: 'cosine' }, { similarity: 'cosineEntropy' }] as const)(
    'is finite, with finite gradients, for equal codes and for a batch of one: %j',
    (config) => {
      const equal = tf.tensor2d([[1, 0, 0, 1, 1, 0]]);
      for (const codes of [equal, tf.tile(equal, [4, 1])]) {
        const ones = tf.ones<tf.Rank.R2>([codes.shape[0], codes.shape[0]]);
        for (const similar of [ones, tf.zerosLike(ones)]) {
          const loss = (x: tf.Tensor) => {
            const pairs = x as tf.Tensor2D;
            const all = lossTerms(dcmhtConfigSchema.parse({ bits, ...config }), pairs, codes, similar);
            return tf.addN<tf.Scalar>(Object.values(all));
          };
          expect(Number.isFinite(loss(codes).dataSync()[0])).toBe(true);
          expect(tf.grad(loss)(codes).dataSync().every(Number.isFinite)).toBe(true);
        }
      }
    },
  );

  it('leaks no tensor', async () => {
    const [image, text] = pairs();
    const work = () => tf.tidy(() => void terms({}, image, text));
    expect(await leakedTensors(work)).toBe(0);
  });
});
