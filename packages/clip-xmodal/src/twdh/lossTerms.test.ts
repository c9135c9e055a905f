import { readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import { Rng, tf } from '@hash/core';
import { expectClose, leakedTensors } from '@hash/core/testing';
import { selectedBits, selection } from '../common/selection.js';
import { centerLoss } from './centerLoss.js';
import { CodeTargets } from './codeTargets.js';
import { labelCenters, targetPairs } from './labelCenters.js';
import { lossTerms } from './lossTerms.js';
import { shorten, transformTerms } from './transform.js';

type Matrix = number[][];
type Terms = Readonly<
  Record<'imageCenters' | 'textCenters' | 'quantisation' | 'shortCenters' | 'shortQuantisation', number>
>;

interface Vectors {
  readonly longCenters: Matrix;
  readonly shortCenters: Matrix;
  readonly labels: Matrix;
  readonly longTies: number[];
  readonly shortTies: number[];
  readonly imageLogits: Matrix;
  readonly textLogits: Matrix;
  readonly transform: Matrix;
  readonly weight: number;
  readonly expected: {
    readonly longCenters: Matrix;
    readonly shortCenters: Matrix;
    readonly shortImageCodes: Matrix;
  } & Readonly<Record<`shortWeight ${0 | 0.3}`, Terms & { readonly imageGradient: Matrix }>>;
  readonly learning: {
    readonly transform: Matrix;
    readonly weight: number;
    readonly expected: Readonly<Record<'centers' | 'quantisation' | 'sparsity', number>> & {
      readonly gradient: Matrix;
    };
  };
}

// Float64 values of the equations, compared with the authors' program.
const vectors = JSON.parse(
  readFileSync(new URL('../../fixtures/twdh.json', import.meta.url), 'utf8'),
) as Vectors;
const { expected } = vectors;

const codesOf = (which: 'long' | 'short', labels = vectors.labels) =>
  labelCenters(
    tf.tensor2d(labels),
    tf.tensor2d(vectors[`${which}Centers`]),
    tf.tensor1d(vectors[`${which}Ties`]),
  );

/** All terms for logits of images. */
function terms(shortWeight: number, logits: tf.Tensor, labels = vectors.labels) {
  const transform = tf.tensor2d(vectors.transform);
  const long = {
    image: selection(logits as tf.Tensor2D),
    text: selection(tf.tensor2d(vectors.textLogits.slice(0, labels.length))),
    targets: targetPairs(codesOf('long', labels)),
  };
  const short = () => ({
    image: shorten(long.image, transform),
    text: shorten(long.text, transform),
    targets: targetPairs(codesOf('short', labels)),
  });
  const counted = tf.minimum<tf.Tensor1D>(tf.sum(tf.tensor2d(labels), 1), 1);
  return lossTerms({ quantisationWeight: vectors.weight, shortWeight }, long, short, counted);
}

const image = () => tf.tensor2d(vectors.imageLogits);
const sum = (values: Readonly<Record<string, tf.Scalar>>) => tf.addN<tf.Scalar>(Object.values(values));

describe('labelCenters', () => {
  it('has the codes of the oracle: what most classes have, the tie where half have it', () => {
    expectClose(codesOf('long'), expected.longCenters);
    expectClose(codesOf('short'), expected.shortCenters);
  });

  it('TwDH: ties are not drawn anew for each batch, so that an item keeps its code', () => {
    const centers = { classes: 4, bits: 8, data: Float32Array.from(vectors.longCenters.flat()) };
    const targets = new CodeTargets(centers, new Rng(1));
    const two = tf.tensor2d([[1, 1, 0, 0]]);
    expect(targets.codes(tf.tile(two, [3, 1])).arraySync()[2]).toEqual(targets.codes(two).arraySync()[0]);
  });
});

describe('the loss of TwDH', () => {
  it.each([0, 0.3] as const)('has the values of the oracle at a weight of short codes of %d', (weight) => {
    const { imageGradient, ...values } = expected[`shortWeight ${weight}`];
    const found = terms(weight, image());
    for (const [name, value] of Object.entries(found)) expectClose(value, values[name as keyof Terms]);
    expectClose(sum(found), Object.values(values).reduce((a, b) => a + b)); // prettier-ignore
    const gradient = tf.grad((logits) => sum(terms(weight, logits)))(image());
    expectClose(gradient, imageGradient, { absolute: 1e-5, relative: 1e-4 });
  });

  it('has no terms of short codes where they have no weight', () => {
    expect(Object.keys(terms(0, image()))).toEqual(['imageCenters', 'textCenters', 'quantisation']);
  });

  it('TwDH: an item without labels is not a mean of nothing, but counts in no centre', () => {
    const [first] = vectors.labels;
    const alone = terms(0, tf.tensor2d(vectors.imageLogits.slice(0, 1)), [first!]);
    const withEmpty = terms(0, tf.tensor2d(vectors.imageLogits.slice(0, 2)), [first!, [0, 0, 0, 0]]);
    expectClose(withEmpty.imageCenters!, alone.imageCenters!.dataSync()[0]!);
    const none = (logits: tf.Tensor) => sum(terms(0.3, logits, [[0, 0, 0, 0]]));
    const one = tf.tensor2d(vectors.imageLogits.slice(0, 1));
    expect(Number.isFinite(none(one).dataSync()[0])).toBe(true);
    expect(tf.grad(none)(one).dataSync().every(Number.isFinite)).toBe(true);
  });

  it('is finite, with a finite gradient, where a wrong bit is certain', () => {
    const targets = tf.tensor2d([[1, 0, 0, 1]]);
    const loss = (pairs: tf.Tensor) => centerLoss(pairs as tf.Tensor2D, targets, tf.ones([1]));
    const wrong = tf.tensor2d([[0, 1, 0, 1]]);
    expect(loss(wrong).dataSync()[0]).toBeCloseTo(-Math.log(1e-37) / 2, 3);
    expect(tf.grad(loss)(wrong).dataSync().every(Number.isFinite)).toBe(true);
  });

  it('leaks no tensor', async () => {
    const logits = image();
    expect(await leakedTensors(() => tf.tidy(() => void terms(0.3, logits)))).toBe(0);
  });
});

describe('the transform', () => {
  it('makes the short codes of the oracle', () => {
    const made = shorten(selection(image()), tf.tensor2d(vectors.transform));
    expectClose(selectedBits(made), expected.shortImageCodes);
  });

  it('is learned by the loss of the oracle', () => {
    const { transform, weight, expected: wanted } = vectors.learning;
    const [long, short] = [targetPairs(codesOf('long')), targetPairs(codesOf('short'))];
    const all = (matrix: tf.Tensor) => transformTerms(matrix as tf.Tensor2D, long, short, weight);
    const found = all(tf.tensor2d(transform));
    for (const [name, value] of Object.entries(found)) expectClose(value, wanted[name as keyof typeof found]);
    const gradient = tf.grad((matrix) => sum(all(matrix)))(tf.tensor2d(transform));
    expectClose(gradient, wanted.gradient, { absolute: 1e-5, relative: 1e-4 });
  });

  it('is not pulled by its sparsity where it is 0', () => {
    const [long, short] = [tf.zeros<tf.Rank.R2>([1, 4]), tf.tensor2d([[0, 1]])];
    const sparsity = (matrix: tf.Tensor) => transformTerms(matrix as tf.Tensor2D, long, short, 1).sparsity;
    expectClose(tf.grad(sparsity)(tf.tensor2d([[0, 1], [-1, 0], [0, 0], [2, 0]])), [[0, 1], [-1, 0], [0, 0], [1, 0]]); // prettier-ignore
  });
});
