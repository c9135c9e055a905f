import { readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import { flattenParameters, INFERENCE, Rng, sgd, tf } from '@hash/core';
import { expectClose, leakedTensors } from '@hash/core/testing';
import { TanhHead } from '../common/tanhHead.js';
import { codeThreshold } from './codeThreshold.js';
import { lossTerms } from './lossTerms.js';

type Matrix = number[][];
type Terms = Readonly<
  Record<`${'pos' | 'neg'}_${'image' | 'text'}` | 'reg_ii' | 'reg_tt' | 'reg_it' | 'total', number>
>;

interface Vectors {
  readonly image_hash: Matrix;
  readonly text_hash: Matrix;
  readonly proxies: Matrix;
  readonly labels: Matrix;
  readonly threshold: number;
  readonly alpha: number;
  readonly expected: Terms &
    Readonly<Record<`grad_total_wrt_${'image_hash' | 'text_hash' | 'proxies'}`, Matrix>>;
  readonly case_no_irrelevant_multilabel_pair: { readonly labels: Matrix; readonly expected: Terms };
  readonly case_alpha_zero: { readonly expected: Terms };
  readonly hash_head_eval_mode: {
    readonly feature: Matrix;
    readonly 'fc.weight': Matrix;
    readonly 'fc.bias': number[];
    readonly expected_tanh: Matrix;
  };
  readonly 'proxy_sgd(lr0.02,momentum0.9,wd5e-4)': Readonly<Record<'after_step1' | 'after_step2', Matrix>>;
}

// Float64 values of the equations, compared with the authors' program.
const vectors = JSON.parse(
  readFileSync(new URL('../../fixtures/dsph.json', import.meta.url), 'utf8'),
) as Vectors;

const hashes = () => [tf.tensor2d(vectors.image_hash), tf.tensor2d(vectors.text_hash)] as const;
const proxies = () => tf.tensor2d(vectors.proxies);
const options = { threshold: vectors.threshold, irrelevantWeight: vectors.alpha };

type Three = [tf.Tensor2D, tf.Tensor2D, tf.Tensor2D];
const total = (...[image, text, proxies]: Three) =>
  tf.addN<tf.Scalar>(Object.values(lossTerms(options, image, text, proxies, tf.tensor2d(vectors.labels))));
const gradients = (...x: Three) => tf.grads((...x) => total(...(x as Three)))(x);

describe('the loss of DSPH', () => {
  it.each([
    ['all terms', options, vectors.labels, vectors.expected],
    [
      'no pair apart',
      options,
      vectors.case_no_irrelevant_multilabel_pair.labels,
      vectors.case_no_irrelevant_multilabel_pair.expected,
    ],
    ['a weight of 0', { ...options, irrelevantWeight: 0 }, vectors.labels, vectors.case_alpha_zero.expected],
  ])('has the values of the oracle: %s', (_, options, labels, expected) => {
    const terms = lossTerms(options, ...hashes(), proxies(), tf.tensor2d(labels));
    expectClose(terms.imageProxies, expected.pos_image + expected.neg_image);
    expectClose(terms.textProxies, expected.pos_text + expected.neg_text);
    expectClose(terms.imageImage, expected.reg_ii);
    expectClose(terms.textText, expected.reg_tt);
    expectClose(terms.imageText, expected.reg_it);
    expectClose(tf.addN<tf.Scalar>(Object.values(terms)), expected.total);
  });

  it('has the gradients of the oracle', () => {
    const [image, text, ofProxies] = gradients(...hashes(), proxies());
    const tolerance = { absolute: 1e-4, relative: 1e-4 };
    expectClose(image!, vectors.expected.grad_total_wrt_image_hash, tolerance);
    expectClose(text!, vectors.expected.grad_total_wrt_text_hash, tolerance);
    expectClose(ofProxies!, vectors.expected.grad_total_wrt_proxies, tolerance);
  });

  it("moves the proxies as the authors' optimiser does", () => {
    const variable = tf.variable(proxies());
    const parameters = new Map([['proxies', variable]]);
    const optimizer = sgd([{ parameters, learningRate: 0.02, weightDecay: 5e-4 }], { momentum: 0.9 });
    const steps = vectors['proxy_sgd(lr0.02,momentum0.9,wd5e-4)'];
    for (const expected of [steps.after_step1, steps.after_step2]) {
      const [, , gradient] = gradients(...hashes(), tf.tensor2d(variable.arraySync()));
      optimizer.step(new Map([['proxies', gradient!]]), [0.02]);
      expectClose(variable, expected);
    }
  });

  it.each([
    ['every item has every class', tf.ones<tf.Rank.R2>([5, 4])],
    ['no item has a class', tf.zeros<tf.Rank.R2>([5, 4])],
  ])('is finite, with finite gradients, where %s or a code is 0', (_, labels) => {
    const [image, text] = hashes();
    const loss = (x: tf.Tensor) =>
      tf.addN<tf.Scalar>(Object.values(lossTerms(options, x as tf.Tensor2D, text, proxies(), labels)));
    for (const x of [image, tf.zerosLike(image)]) {
      expect(Number.isFinite(loss(x).dataSync()[0])).toBe(true);
      expect(tf.grad(loss)(x).dataSync().every(Number.isFinite)).toBe(true);
    }
  });

  it('takes a batch of one', () => {
    const one = tf.tensor2d([[0.5, -0.5, 1, 0]]);
    const terms = lossTerms(options, one, one, proxies(), tf.tensor2d([[1, 0, 1, 0]]));
    expectClose(terms.imageImage, 0);
    expectClose(tf.sub(terms.imageProxies, terms.textProxies), 0);
  });

  it('leaks no tensor', async () => {
    const [[image, text], other, labels] = [hashes(), proxies(), tf.tensor2d(vectors.labels)];
    const work = () => tf.tidy(() => void lossTerms(options, image, text, other, labels));
    expect(await leakedTensors(work)).toBe(0);
  });
});

describe('TanhHead', () => {
  const { feature, expected_tanh, ...weights } = vectors.hash_head_eval_mode;
  const x = tf.tensor2d(feature);
  const head = (dropout: number) => new TanhHead({ width: 3, bits: 4, dropout, rng: new Rng(1) });

  it('has the values of the oracle', () => {
    const made = head(0.2);
    const variables = flattenParameters(made.parameters);
    variables.get('kernel')!.assign(tf.transpose(tf.tensor2d(weights['fc.weight'])));
    variables.get('bias')!.assign(tf.tensor1d(weights['fc.bias']));
    expectClose(made.apply(x, INFERENCE), expected_tanh);
  });

  it('drops outputs while training', () => {
    const outputs = head(0.5).apply(tf.tile(x, [200, 1]), { training: true, rng: new Rng(2) });
    const dropped = tf.mean(tf.cast(tf.equal(outputs, 0), 'float32')).dataSync()[0]!;
    expect(Math.abs(dropped - 0.5)).toBeLessThan(0.05);
  });
});

describe('codeThreshold', () => {
  // Of the authors' table: COCO has 80 classes, MIRFlickr 24, NUS-WIDE 21.
  it.each([
    [16, 80, 0.25],
    [16, 24, 0],
    [32, 80, 0.125],
    [32, 21, 0],
    [48, 80, 1 / 12],
    [64, 80, 0],
    [128, 80, 0],
    [16, 2, -1],
    [16, 1024, 0.5],
    [16, 32, 0],
    [16, 33, 0.25],
  ])('of %d bits and %d classes is %d', (bits, classes, expected) => {
    expect(codeThreshold(bits, classes)).toBeCloseTo(expected, 12);
  });

  it('refuses what the table does not have', () => {
    expect(() => codeThreshold(17, 10)).toThrow(
      'codeThreshold: expected one of 8, 12, 16, 20, 24, 28, 32, 36, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 256 ' +
        'bits, but got 17. For another length, set the threshold.',
    );
    expect(() => codeThreshold(8, 257)).toThrow(
      'codeThreshold: expected 2 to 256 classes at 8 bits, but got 257. For another number, set the threshold.',
    );
    expect(() => codeThreshold(16, 1)).toThrow('expected 2 to 1024 classes at 16 bits, but got 1.');
  });
});
