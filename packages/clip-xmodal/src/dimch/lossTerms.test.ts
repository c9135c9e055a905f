import { describe, expect, it } from '@jest/globals';
import { l2Normalize, tf } from '@hash/core';
import { centralDifferences, expectClose, leakedTensors } from '@hash/core/testing';
import { cosines } from '../common/cosines.js';
import { dimchConfigSchema } from './config.js';
import { discrepancyLoss } from './discrepancyLoss.js';
import { diversityLoss } from './diversityLoss.js';
import { gainWeights } from './gainWeights.js';
import { lossTerms } from './lossTerms.js';
import { setCodes } from './setHead.js';
import { smoothChamfer } from './smoothChamfer.js';
import { tripletLoss } from './tripletLoss.js';
import { dimchVectors as vectors } from './vectors.testing.js';

const { expected } = vectors;
const config = dimchConfigSchema.parse({});
const labels = tf.tensor2d(vectors.labels);
const sets = () =>
  [tf.tensor3d(vectors['image_tokens(B,M,K)']), tf.tensor3d(vectors['text_tokens(B,M,K)'])] as const;
const codes = () => sets().map(setCodes) as [tf.Tensor2D, tf.Tensor2D];
const flat = (x: tf.Tensor3D) => tf.reshape<tf.Rank.R2>(l2Normalize(x), [-1, x.shape[2]]);

const total = (image: tf.Tensor, text: tf.Tensor, of = labels) =>
  tf.addN<tf.Scalar>(Object.values(lossTerms(config, image as tf.Tensor3D, text as tf.Tensor3D, of)));

describe('the loss of DIMCH', () => {
  it('has the values of the oracle', () => {
    const terms = lossTerms(config, ...sets(), labels);
    expectClose(terms.sets, 25 * (expected.tokens_i2t + expected.tokens_t2i), { absolute: 1e-4 });
    expectClose(terms.discrepancy, expected.mmd);
    expectClose(terms.diversity, 0.3 * expected.div);
    expectClose(terms.codes, 25 * (expected.hash_i2t + expected.hash_t2i), { absolute: 1e-4 });
    expectClose(terms.quantisation, (expected.quan_i + expected.quan_t) / 2);
    expectClose(total(...sets()), expected.total, { absolute: 2e-4 });
  });

  it('has the gradients of the oracle', () => {
    const [image, text] = tf.grads((...x) => total(x[0]!, x[1]!))([...sets()]);
    const tolerance = { absolute: 2e-4, relative: 2e-4 };
    expectClose(image!, expected.grad_total_wrt_image_tokens, tolerance);
    expectClose(text!, expected.grad_total_wrt_text_tokens, tolerance);
  });

  it('has the parts of the oracle', () => {
    const [image, text] = sets();
    const likeness = smoothChamfer(l2Normalize(image), l2Normalize(text), 16);
    expectClose(likeness, expected.smooth_chamfer_similarity_i2t);
    expectClose(gainWeights(tf.matMul(labels, labels, false, true)), expected.ndcg_weight);
    expectClose(codes()[0], expected.img_hash);
    expectClose(codes()[1], expected.txt_hash);
    const distances = tf.sub<tf.Tensor2D>(1, cosines(...codes()));
    expectClose(tripletLoss(distances, labels, 0.3), expected.hash_i2t);
    expectClose(tripletLoss(tf.transpose(distances), labels, 0.3), expected.hash_t2i);
  });

  it.each([
    ['an item has no class', tf.tensor2d([[0, 0, 0], [0, 1, 0], [1, 1, 0]])], // prettier-ignore
    ['no item has a class', tf.zeros<tf.Rank.R2>([3, 3])],
    ['every item has every class', tf.ones<tf.Rank.R2>([3, 3])],
  ])('is finite, with finite gradients, where %s or vectors are 0', (_, of) => {
    const [image, text] = sets();
    for (const x of [image, tf.zerosLike(image)]) {
      expect(Number.isFinite(total(x, text, of).dataSync()[0])).toBe(true);
      const gradient = tf.grad((x) => total(x, text, of))(x);
      expect(gradient.dataSync().every(Number.isFinite)).toBe(true);
    }
  });

  it('takes a batch of one, and sets of one vector', () => {
    const [image, text] = sets().map((x) => tf.slice(x, [0, 0, 0], [1, 1, 4]));
    const terms = lossTerms(config, image!, text!, tf.slice(labels, 0, 1));
    expectClose(tf.addN([terms.sets, terms.codes, terms.diversity]), 0);
    expect(Number.isFinite(total(image!, text!, tf.slice(labels, 0, 1)).dataSync()[0])).toBe(true);
  });

  it('leaks no tensor', async () => {
    const [image, text] = sets();
    expect(await leakedTensors(() => tf.tidy(() => void lossTerms(config, image, text, labels)))).toBe(0);
  });
});

describe('tripletLoss', () => {
  it('is 0, without a gradient, where all that is alike is nearer by the margin', () => {
    const distances = tf.tensor2d([[0, 1], [1, 0]]); // prettier-ignore
    const loss = (d: tf.Tensor) => tripletLoss(d as tf.Tensor2D, tf.tensor2d([[1, 0], [0, 1]]), 0.3); // prettier-ignore
    expectClose(loss(distances), 0);
    expectClose(tf.grad(loss)(distances), [[0, 0], [0, 0]]); // prettier-ignore
  });
});

describe('discrepancyLoss', () => {
  it('is 0, with a gradient of 0, between equal clouds, also of equal vectors', () => {
    const x = tf.tensor2d([[1, 0], [1, 0], [0, 1]]); // prettier-ignore
    expectClose(discrepancyLoss(x, tf.clone(x)), 0);
    const gradient = tf.grad((a) => discrepancyLoss(a as tf.Tensor2D, tf.clone(x)))(x);
    expectClose(gradient, [[0, 0], [0, 0], [0, 0]], { absolute: 1e-3 }); // prettier-ignore
  });

  it('differentiates', () => {
    const [a, b] = sets().map(flat) as [tf.Tensor2D, tf.Tensor2D];
    const loss = (x: tf.Tensor) => discrepancyLoss(x as tf.Tensor2D, b);
    const gradient = tf.grad(loss)(a).dataSync();
    centralDifferences(loss, a).forEach((difference, i) => expect(gradient[i]).toBeCloseTo(difference, 3));
  });
});

describe("defects of the authors' code", () => {
  it('vectors of different items are pushed apart as if they were of one: only where that is wanted', () => {
    const [image, text] = sets().map((x) => l2Normalize(x)) as [tf.Tensor3D, tf.Tensor3D];
    const both = (over: 'batch' | 'item') => tf.add(diversityLoss(image, over), diversityLoss(text, over));
    expectClose(both('batch'), expected.div);
    expectClose(both('item'), expected['div_if_computed_per_instance(intended?)'], { absolute: 1e-8 });
    const twice = tf.concat([image, image]);
    expectClose(diversityLoss(twice, 'item'), diversityLoss(image, 'item').arraySync(), { absolute: 1e-8 });
    expect(diversityLoss(twice, 'batch').dataSync()[0]).toBeGreaterThan(1);
  });

  it('a tensor of as many numbers as the cube of the vectors: no more than a square is needed', () => {
    const vectors = l2Normalize(tf.randomNormal<tf.Rank.R3>([40, 8, 4], 0, 1, 'float32', 1));
    const before = tf.memory().numBytes;
    let peak = 0;
    tf.tidy(() => {
      diversityLoss(vectors, 'batch');
      peak = tf.memory().numBytes - before;
    });
    expect(peak).toBeLessThan(10 * (40 * 8) ** 2 * 4);
  });
});
