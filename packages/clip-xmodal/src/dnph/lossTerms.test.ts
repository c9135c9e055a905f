import { describe, expect, it } from '@jest/globals';
import { tf } from '@hash/core';
import { expectClose, leakedTensors } from '@hash/core/testing';
import { nearestCorners } from './cornerLoss.js';
import { firstClassLoss } from './firstClassLoss.js';
import { lossTerms } from './lossTerms.js';
import { marginProxyLoss } from './marginProxyLoss.js';
import { dnphVectors as vectors } from './vectors.testing.js';

const { expected } = vectors;
const options = { margin: vectors.mrg, uniformityWeight: vectors.noise_alpha };
const labels = tf.tensor2d(vectors.labels);
const corners = tf.tensor2d(vectors['noise(+-1, shared by both modalities)']);

/** Codes and logits of images, those of texts, proxies. */
type Five = [tf.Tensor2D, tf.Tensor2D, tf.Tensor2D, tf.Tensor2D, tf.Tensor2D];
const inputs = () =>
  [
    vectors.image_hash,
    vectors['image_pre(logits)'],
    vectors.text_hash,
    vectors['text_pre(logits)'],
    vectors.proxies,
  ].map((values) => tf.tensor2d(values)) as Five;

const terms = ([imageHashes, imageLogits, textHashes, textLogits, proxies]: Five, ofLabels = labels) =>
  lossTerms(
    options,
    { hashes: imageHashes, logits: imageLogits },
    { hashes: textHashes, logits: textLogits },
    { proxies, labels: ofLabels, corners: tf.slice(corners, 0, imageHashes.shape[0]) },
  );
const total = (x: Five, ofLabels = labels) => tf.addN<tf.Scalar>(Object.values(terms(x, ofLabels)));

describe('the loss of DNPH', () => {
  it('has the values of the oracle', () => {
    const of = terms(inputs());
    expectClose(of.proxies, expected.p_loss);
    expectClose(of.imageClasses, expected.d_loss_image);
    expectClose(of.textClasses, expected.d_loss_text);
    expectClose(of.imageCorners, -vectors.noise_alpha * expected.noise_image);
    expectClose(of.textCorners, -vectors.noise_alpha * expected.noise_text);
    expectClose(total(inputs()), expected.total);
  });

  it('has the gradients of the oracle', () => {
    const gradients = tf.grads((...x) => total(x as Five))(inputs());
    const wanted = ['image_hash', 'image_pre', 'text_hash', 'text_pre', 'proxies'] as const;
    wanted.forEach((name, i) => {
      const tolerance = { absolute: 1e-5, relative: 1e-4 };
      expectClose(gradients[i]!, expected[`grad_total_wrt_${name}`], tolerance);
    });
  });

  it('gives each item the corner of the oracle', () => {
    const [imageHashes, , textHashes] = inputs();
    expect([...nearestCorners(imageHashes, corners)]).toEqual(expected['assignment_image(row->noise row)']);
    expect([...nearestCorners(textHashes, corners)]).toEqual(expected.assignment_text);
  });

  it('assigns corners by distances, not by products', () => {
    // The second item is nearer to the first corner by its last bit (0.9 against 0.5), but so far off in its first bit
    // that this hardly counts: √0.25 + √7.61 = 3.26 is less than √2.25 + √4.01 = 3.50.
    const hashes = tf.tensor2d([[1, 1, 0.5], [-1, 1, 0.9]]); // prettier-ignore
    const two = tf.tensor2d([[1, 1, 1], [1, 1, -1]]); // prettier-ignore
    expect([...nearestCorners(hashes, two)]).toEqual([0, 1]);
  });

  it.each([
    ['an item has no class', tf.tensor2d([[0, 0, 0], [0, 1, 1], [0, 0, 0], [0, 0, 1]])], // prettier-ignore
    ['no item has a class', tf.zeros<tf.Rank.R2>([4, 3])],
    ['every item has every class', tf.ones<tf.Rank.R2>([4, 3])],
  ])('is finite, with finite gradients, where %s or a code is 0', (_, ofLabels) => {
    const [, ...others] = inputs();
    const loss = (x: tf.Tensor) => total([x as tf.Tensor2D, ...others], ofLabels);
    for (const hashes of [inputs()[0], tf.zeros<tf.Rank.R2>([4, 5])]) {
      expect(Number.isFinite(loss(hashes).dataSync()[0])).toBe(true);
      expect(tf.grad(loss)(hashes).dataSync().every(Number.isFinite)).toBe(true);
    }
  });

  it('takes a batch of one', () => {
    const [one, ...others] = inputs().map((x) => tf.slice(x, 0, 1));
    const x = [one, ...others.slice(0, 3), inputs()[4]] as Five;
    expect(Number.isFinite(total(x, tf.slice(labels, 0, 1)).dataSync()[0])).toBe(true);
  });

  it('leaks no tensor', async () => {
    const [x, first] = [inputs(), tf.slice(labels, 0, 4)];
    expect(await leakedTensors(() => tf.tidy(() => void terms(x, first)))).toBe(0);
  });
});

describe('marginProxyLoss', () => {
  it('adds a term for each class of an item, not their mean', () => {
    const hashes = tf.tensor2d([[0.3, -0.8]]);
    const proxies = tf.tensor2d([[1, 0], [1, 0], [0, 1]]); // prettier-ignore
    const of = (y: number[]) => marginProxyLoss(hashes, proxies, tf.tensor2d([y]), 0).dataSync()[0]!;
    expect(of([1, 1, 0])).toBeCloseTo(2 * of([1, 0, 0]), 5);
  });

  it('pushes an item without a class nowhere', () => {
    const loss = (x: tf.Tensor) =>
      marginProxyLoss(x as tf.Tensor2D, inputs()[4], tf.zeros<tf.Rank.R2>([4, 3]), 1);
    expectClose(loss(inputs()[0]), 0);
    expectClose(tf.grad(loss)(inputs()[0]), new Array<number[]>(4).fill([0, 0, 0, 0, 0]));
  });
});

describe('firstClassLoss', () => {
  it('leaves an item without a class out, where the authors take it for one of the first class', () => {
    const logits = tf.tensor2d([[5, 0, 0], [0, 1, 0]]); // prettier-ignore
    const loss = firstClassLoss(logits, tf.tensor2d([[0, 0, 0], [0, 1, 1]])); // prettier-ignore
    expectClose(loss, -(1 - Math.log(2 + Math.E)) / 2);
  });
});
