import { describe, expect, it } from '@jest/globals';
import { straightThroughSign, tf } from '@hash/core';
import { expectClose, leakedTensors } from '@hash/core/testing';
import { nshConfigSchema, type NshConfig } from './config.js';
import { outputLossTerms } from './lossTerms.js';
import { vectors } from './vectors.testing.js';

type Oracle = (typeof vectors.cases)[number];

function settings({ positives, temperature, sort_temperature }: Oracle, change: Partial<NshConfig> = {}) {
  return nshConfigSchema.parse({ positives, temperature, sortTemperature: sort_temperature, ...change });
}

/** The terms of relaxed codes h1, h2 and latents z1, z2. */
function termsOf(config: NshConfig, [h1, h2, z1, z2]: tf.Tensor[]) {
  const outputs = (h: tf.Tensor, z: tf.Tensor) => ({ relaxed: h as tf.Tensor2D, latents: z as tf.Tensor2D });
  return outputLossTerms(config, outputs(h1!, z1!), outputs(h2!, z2!));
}

function gradients(config: NshConfig, inputs: readonly number[][][]): tf.Tensor[] {
  const tensors = inputs.map((matrix) => tf.tensor2d(matrix));
  return tf.grads((...x: tf.Tensor[]) => termsOf(config, x).sorted)(tensors);
}

const binary = vectors.cases.slice(0, 3);
const relaxed = vectors.cases[3]!;

describe('outputLossTerms', () => {
  it.each(binary)('has the values of the oracle: $name', (oracle) => {
    const { input, output, quantisation } = oracle;
    const inputs = [quantisation!.h1, quantisation!.h2, input.z1, input.z2];
    const terms = termsOf(settings(oracle, { quantisationWeight: 0.5 }), inputs.map((x) => tf.tensor2d(x))); // prettier-ignore
    expectClose(terms.sorted, output.loss);
    expectClose(terms.quantisation, 0.5 * quantisation!.loss);
  });

  it.each(binary)('has the gradients of the oracle at ties: $name', (oracle) => {
    const { input, grad } = oracle;
    const [db1, db2, dz1, dz2] = gradients(settings(oracle), [input.b1, input.b2, input.z1, input.z2]);
    expectClose(db1!, grad.db1);
    expectClose(db2!, grad.db2);
    expectClose(dz1!, grad.dz1);
    expectClose(dz2!, grad.dz2);
  });

  it('has the values and gradients of the oracle for relaxed codes', () => {
    const { input, output, grad } = relaxed;
    const config = settings(relaxed, { codes: 'relaxed' });
    const inputs = [input.b1, input.b2, input.z1, input.z2];
    expectClose(termsOf(config, inputs.map((x) => tf.tensor2d(x))).sorted, output.loss); // prettier-ignore
    const [db1, db2, dz1, dz2] = gradients(config, inputs);
    expectClose(db1!, grad.db1);
    expectClose(db2!, grad.db2);
    expectClose(dz1!, grad.dz1);
    expectClose(dz2!, grad.dz2);
  });

  it('hands gradients through the signs to tanh, or not at all', () => {
    const oracle = binary[0]!;
    const { input, quantisation } = oracle;
    const inputs = [quantisation!.h1, quantisation!.h2, input.z1, input.z2];
    const [through] = gradients(settings(oracle), inputs);
    expectClose(through!, oracle.grad.db1);
    const [none] = gradients(settings(oracle, { codes: 'sign' }), inputs);
    expectClose(none!, [[0, 0, 0, 0], [0, 0, 0, 0], [0, 0, 0, 0], [0, 0, 0, 0]]); // prettier-ignore
  });

  it('can misread the paper as others have: a softmax too many', () => {
    const oracle = binary[0]!;
    const { b1, b2, z1, z2 } = oracle.input;
    const inputs = [b1, b2, z1, z2].map((x) => tf.tensor2d(x));
    expectClose(termsOf(settings(oracle, { doubleSoftmax: true }), inputs).sorted, oracle.double_softmax);
  });

  it('leaves no tensor behind', async () => {
    const h = straightThroughSign(tf.tensor2d([[1, -2], [3, 1], [-1, -1]])); // prettier-ignore
    const work = () => tf.tidy(() => void termsOf(nshConfigSchema.parse({}), [h, h, h, h]));
    expect(await leakedTensors(work)).toBe(0);
  });
});
