import { beforeEach, describe, expect, it } from '@jest/globals';
import { assignParameters, initializers, Rng, tf, type StoredTensor } from '@hash/core';
import { expectClose, leakedTensors } from '@hash/core/testing';
import { wchConfigSchema } from './config.js';
import { HashHead } from './hashHead.js';
import { tokenLossTerms } from './lossTerms.js';
import { mutualAttention } from './mutualAttention.js';
import { vectors } from './vectors.testing.js';

const oracle = vectors.cases[1];

function oracleHead(): HashHead {
  const { ln_gamma, ln_beta, fc_kernel, fc_bias, b_kernel, b_bias } = oracle.input.head;
  const head = new HashHead({ width: 4, hiddenWidth: 5, bits: 4, rng: new Rng(1) });
  const values: Record<string, StoredTensor> = {
    'norm/scale': { dtype: 'float32', shape: [4], data: Float32Array.from(ln_gamma) },
    'norm/bias': { dtype: 'float32', shape: [4], data: Float32Array.from(ln_beta) },
    'hidden/kernel': { dtype: 'float32', shape: [4, 5], data: Float32Array.from(fc_kernel.flat()) },
    'hidden/bias': { dtype: 'float32', shape: [5], data: Float32Array.from(fc_bias) },
    'code/kernel': { dtype: 'float32', shape: [5, 4], data: Float32Array.from(b_kernel.flat()) },
    'code/bias': { dtype: 'float32', shape: [4], data: Float32Array.from(b_bias) },
  };
  assignParameters('oracle', head.parameters, new Map(Object.entries(values)));
  return head;
}

describe('HashHead', () => {
  it('has the values of the oracle', () => {
    const { y1, y2 } = oracle.mutual_attention;
    expectClose(oracleHead().apply(tf.tensor3d(y1)), oracle.head_view1.tanh);
    expectClose(oracleHead().apply(tf.tensor3d(y2)), oracle.head_view2.tanh);
  });

  it.each([
    [16, vectors.kaiming.b_1024_16],
    [32, vectors.kaiming.b_1024_32],
    [64, vectors.kaiming.b_1024_64],
  ])("starts with the authors' kernels: %i bits", (bits, bound) => {
    const head = new HashHead({ width: 8, hiddenWidth: 1024, bits, rng: new Rng(bits) });
    const kernel = (head.parameters['code'] as Record<string, tf.Variable>)['kernel']!;
    const largest = tf.max(tf.abs(kernel)).dataSync()[0]!;
    expect(largest).toBeLessThanOrEqual(bound);
    expect(largest).toBeGreaterThan(0.99 * bound);
  });

  it('starts smaller when asked to', () => {
    const sizes = { width: 8, hiddenWidth: 16, bits: 4 };
    const [whole, tenth] = [1, 0.1].map(
      (initialScale) => new HashHead({ ...sizes, initialScale, rng: new Rng(1) }),
    ) as [HashHead, HashHead];
    const kernelOf = (head: HashHead) => (head.parameters['code'] as Record<string, tf.Variable>)['kernel']!;
    expectClose(tf.mul(kernelOf(tenth), 10), kernelOf(whole).arraySync());
  });
});

describe('HashHead with batch normalisation', () => {
  it('standardises features by the batch while training, and by what it saw of them afterwards', () => {
    const offset = tf.tensor([100, -50, 7]); // what all images share: a LayerNorm sees little else
    const tokens = tf.tidy(() => tf.add<tf.Tensor3D>(initializers.normal(1)([50, 2, 3], new Rng(1)), offset));
    const make = (batchNorm: boolean) =>
      new HashHead({ width: 3, hiddenWidth: 4, bits: 64, batchNorm, rng: new Rng(0) });
    const train = (head: HashHead) => head.apply(tokens, { training: true });
    const bitsThatVary = (codes: tf.Tensor2D) =>
      [...codes.greaterEqual(0).mean(0).dataSync()].filter((share) => share > 0 && share < 1).length;

    const head = make(true);
    for (let i = 0; i < 100; i++) train(head).dispose();
    expectClose(head.apply(tokens), train(head).arraySync(), { absolute: 0.05 });
    expect(bitsThatVary(head.apply(tokens))).toBeGreaterThan(10);
    expect(bitsThatVary(train(make(false)))).toBeLessThan(3);
  });
});

describe('tokenLossTerms', () => {
  let head: HashHead;
  beforeEach(() => {
    head = oracleHead();
  });
  const x1 = () => tf.tensor3d(oracle.input.x1);
  const x2 = () => tf.tensor3d(oracle.input.x2);

  it('has the values of the oracle', () => {
    const terms = tokenLossTerms(head, wchConfigSchema.parse({}), x1(), x2());
    expectClose(terms.contrast, oracle.loss.ce);
    expectClose(terms.balance, oracle.loss.balance);
    expectClose(terms.quantisation, -oracle.loss.magnitude);
  });

  it('weighs its terms', () => {
    const config = wchConfigSchema.parse({ balanceWeight: 2, quantisationWeight: 0.5 });
    const terms = tokenLossTerms(head, config, x1(), x2());
    expectClose(terms.balance, 2 * oracle.loss.balance);
    expectClose(terms.quantisation, -0.5 * oracle.loss.magnitude);
  });

  it('is the plain contrastive loss where other images weigh nothing', () => {
    const config = wchConfigSchema.parse({ neighbourWeight: 0 });
    const [y1, y2] = mutualAttention(x1(), x2());
    const [h1, h2] = [head.apply(y1).sign(), head.apply(y2).sign()];
    const [count, bits] = h1.shape;
    const logits = tf.div(tf.matMul(h1, h2, false, true), bits * config.codeTemperature);
    const expected = -tf.logSoftmax(logits).mul(tf.eye(count)).sum().dataSync()[0]! / count;
    expectClose(tokenLossTerms(head, config, x1(), x2()).contrast, expected);
  });

  it.each([
    [false, oracle.grad_detachW_false],
    [true, oracle.grad_detachW_true],
  ])('has the gradients of the oracle: detachWeights %s', (detachWeights, { dx1, dx2 }) => {
    const config = wchConfigSchema.parse({ detachWeights });
    const total = (...x: tf.Tensor[]) =>
      tf.addN(Object.values(tokenLossTerms(head, config, x[0] as tf.Tensor3D, x[1] as tf.Tensor3D)));
    const [gradient1, gradient2] = tf.grads(total)([x1(), x2()]);
    expectClose(gradient1!, dx1, { absolute: 1e-4, relative: 1e-4 });
    expectClose(gradient2!, dx2, { absolute: 1e-4, relative: 1e-4 });
  });

  it('is finite, with finite gradients, for a batch of one', () => {
    const tokens = tf.tidy(() => initializers.normal(1)([1, 3, 4], new Rng(2)) as tf.Tensor3D);
    const terms = tokenLossTerms(head, wchConfigSchema.parse({}), tokens, tokens);
    expectClose(terms.contrast, 0);
    const total = (x: tf.Tensor) =>
      tf.addN(
        Object.values(tokenLossTerms(head, wchConfigSchema.parse({}), x as tf.Tensor3D, x as tf.Tensor3D)),
      );
    expect(tf.grad(total)(tokens).dataSync().every(Number.isFinite)).toBe(true);
  });

  it('leaves no tensor behind', async () => {
    const tokens = x1();
    const work = () => tf.tidy(() => void tokenLossTerms(head, wchConfigSchema.parse({}), tokens, tokens));
    expect(await leakedTensors(work)).toBe(0);
  });
});
