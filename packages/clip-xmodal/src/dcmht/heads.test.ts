import { describe, expect, it } from '@jest/globals';
import { flattenParameters, INFERENCE, Rng, tf, type Module } from '@hash/core';
import { expectClose } from '@hash/core/testing';
import { AttentionHead } from '../common/attentionHead.js';
import { SelectHead } from './selectHead.js';
import { dcmhtVectors } from './vectors.testing.js';

/** Values of PyTorch, whose kernels are [outputs, inputs]. */
function assign({ parameters }: Module, values: Readonly<Record<string, unknown>>): void {
  const variables = flattenParameters(parameters);
  for (const [name, value] of Object.entries(values)) {
    const tensor = tf.tensor(value as number[]);
    variables.get(name)!.assign(tensor.rank === 2 ? tf.transpose(tensor) : tensor);
  }
}

const training = { training: true };

describe('AttentionHead', () => {
  const vectors = dcmhtVectors.hash_head_refactor;
  const { expected } = vectors;
  const x = () => tf.tensor2d(vectors['x'] as number[][]);

  function head(modality: 'image' | 'text'): AttentionHead {
    const made = new AttentionHead({ modality, width: 6, attentionHeads: 2, bits: 2, rng: new Rng(1) });
    assign(made, {
      'attention/in_proj_weight': vectors['in_proj_weight'],
      'attention/in_proj_bias': vectors['in_proj_bias'],
      'attention/out_proj/weight': vectors['out_proj.weight'],
      'attention/out_proj/bias': vectors['out_proj.bias'],
      'norm/scale': vectors['norm.weight'],
      'norm/bias': vectors['norm.bias'],
      'linear/kernel': vectors['fc2.weight'],
      'linear/bias': vectors['fc2.bias'],
    });
    return made;
  }

  it('normalises images by batch while training, and by the running moments otherwise', () => {
    const image = head('image');
    expectClose(image.apply(x(), training), expected['image_head_batchnorm_train_mode']!);
    const variables = flattenParameters(image.parameters);
    expectClose(variables.get('norm/mean')!, expected['bn_running_mean_after_one_step(momentum0.1,init0)']!);
    expectClose(variables.get('norm/variance')!, expected['bn_running_var_after_one_step(init1,unbiased)']!);
    const rested = expected['image_head_batchnorm_eval_mode_using_those_running_stats']!;
    expectClose(image.apply(x(), INFERENCE), rested);
  });

  it('normalises texts by layer', () => {
    expectClose(head('text').apply(x(), training), expected['text_head_layernorm']!);
    expectClose(head('text').apply(x(), INFERENCE), expected['text_head_layernorm']!);
  });

  it("starts from the authors' kernels", () => {
    const made = new AttentionHead({
      modality: 'image',
      width: 64,
      attentionHeads: 8,
      bits: 16,
      rng: new Rng(1),
    });
    const variables = flattenParameters(made.parameters);
    const bounds = {
      'linear/kernel': Math.sqrt(6 / 32),
      'attention/in_proj_weight': Math.sqrt(6 / 256),
      'attention/out_proj/weight': 1 / 8,
    };
    for (const [name, bound] of Object.entries(bounds)) {
      const largest = tf.max(tf.abs(variables.get(name)!)).dataSync()[0]!;
      expect(largest).toBeLessThanOrEqual(bound);
      expect(largest).toBeGreaterThan(0.98 * bound);
    }
  });
});

describe('SelectHead', () => {
  const vectors = dcmhtVectors.hash_head_original;

  it('has the values of the oracle', () => {
    const head = new SelectHead({ width: 6, hiddenWidth: 5, bits: 2, rng: new Rng(1) });
    assign(head, {
      'hidden/kernel': vectors['fc.weight'],
      'hidden/bias': vectors['fc.bias'],
      'bits/kernel': vectors['hash_list.weight(K,2,E)'].flat(),
      'bits/bias': (vectors['hash_list.bias'] as number[][]).flat(),
    });
    const x = tf.tensor2d(vectors['x'] as number[][]);
    expectClose(tf.reshape(head.apply(x), [3, 2, 2]), vectors['expected_pairs(B,K,2)']);
  });

  it("starts from the authors' kernels", () => {
    const head = new SelectHead({ width: 64, hiddenWidth: 96, bits: 64, rng: new Rng(1) });
    const variables = flattenParameters(head.parameters);
    const bounds = { 'hidden/kernel': Math.sqrt(6 / 96), 'bits/kernel': Math.sqrt(3) };
    for (const [name, bound] of Object.entries(bounds)) {
      const largest = tf.max(tf.abs(variables.get(name)!)).dataSync()[0]!;
      expect(largest).toBeLessThanOrEqual(bound);
      expect(largest).toBeGreaterThan(0.98 * bound);
    }
  });
});
