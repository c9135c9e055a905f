import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import {
  disposeParameters,
  flattenParameters,
  INFERENCE,
  Rng,
  tf,
  trainableParameters,
  writeSafetensors,
  type Backbone,
} from '@hash/core';
import { temporaryFolder } from '@hash/core/testing/temporaryFolder';
import { saveWeights } from '../weights/saveWeights.js';
import { backboneNames, createBackbone } from './createBackbone.js';

const rng = new Rng('catalogue');
const tinyNpz = fileURLToPath(new URL('../../fixtures/vit-tiny.npz', import.meta.url));
/** Those of the network that the file holds. */
const tiny = { size: 32, patch: 8, width: 24, depth: 2, heads: 3, mlpWidth: 40 };

function valuesOf({ parameters }: Backbone): Record<string, number[]> {
  const variables = [...flattenParameters(parameters)];
  return Object.fromEntries(variables.map(([name, variable]) => [name, [...variable.dataSync()]]));
}

describe('createBackbone', () => {
  const folder = temporaryFolder(beforeAll, afterAll);

  /** Every network, small enough for a test. */
  const reduced = {
    'vit-b16': { size: 32, width: 24, depth: 2, mlpWidth: 48 },
    'vit-b32': { size: 64, width: 24, depth: 2, mlpWidth: 48 },
    'vit-s16': { size: 32, width: 24, depth: 2, mlpWidth: 48 },
    'vit-ti16': { size: 32, width: 24, depth: 2, mlpWidth: 48 },
    'vit-mini': { width: 24, depth: 2, mlpWidth: 48 },
    resnet18: { size: 32, width: 2 },
    resnet34: { size: 32, width: 2 },
    resnet50: { size: 32, width: 2 },
    'mobilenet-v2': { size: 32, multiplier: 0.1, width: 16, batchNorm: 'running' },
    alexnet: { size: 63, multiplier: 1 / 64, width: 4 },
    vgg16: { size: 32, multiplier: 1 / 64, width: 4 },
    vgg19: { size: 32, multiplier: 1 / 64, width: 4 },
    'clip-b32': { size: 64, width: 24, depth: 2, features: 8, texts: false },
    'clip-b16': { size: 32, width: 24, depth: 2, features: 8, texts: false },
    'clip-mini': { width: 24, depth: 2, features: 8, texts: false },
  };

  it('has a test for each name', () => expect([...Object.keys(reduced), 'vectors']).toEqual(backboneNames()));

  /** TensorFlow.js's wasm backend has no kernel for the gradient of a convolution. */
  const trainable = Object.entries(reduced).filter(
    ([name]) => !(process.env['HASH_BACKEND'] === 'wasm' && /^(resnet|mobilenet|alexnet|vgg)/.test(name)),
  );

  it.each(trainable)('%s computes features and gradients without NaN', async (name, options) => {
    const backbone = await createBackbone(name, { options, rng });
    const { size } = backbone.preprocessing;
    expect(backbone.name).toBe(name);
    const variables = [...trainableParameters(backbone.parameters).values()];
    tf.tidy(() => {
      const images = tf.randomUniform<tf.Rank.R4>([2, size, size, 3], -1, 1, 'float32', 7);
      const pass = { training: true, rng };
      const sumOfFeatures = () => {
        const { pooled, tokens } = backbone.features(images, pass);
        expect(pooled.shape).toEqual([2, backbone.width]);
        return tf.add<tf.Scalar>(tf.sum(tf.square(pooled)), tokens ? tf.mean(tf.exp(tokens)) : 0);
      };
      const { value, grads } = tf.variableGrads(sumOfFeatures, variables);
      for (const tensor of [value, ...Object.values(grads)]) {
        expect(tensor.dataSync().every(Number.isFinite)).toBe(true);
      }
      expect(Object.keys(grads)).toHaveLength(variables.length);
    });
    disposeParameters(backbone.parameters);
  });

  it('makes the published networks at their published sizes by default', async () => {
    const backbone = await createBackbone('vit-mini', { rng });
    expect(backbone.preprocessing).toEqual({
      size: 32,
      interpolation: 'bilinear',
      mean: [0.5, 0.5, 0.5],
      std: [0.5, 0.5, 0.5],
    });
    disposeParameters(backbone.parameters);
  });

  it('saves as safetensors what it loads from npz, under the published names', async () => {
    const path = folder.join('tiny.safetensors');
    const fromNpz = await createBackbone('vit-b16', { options: tiny, weights: tinyNpz, rng });
    await saveWeights(fromNpz, path);
    const fromSafetensors = await createBackbone('vit-mini', {
      options: tiny,
      weights: path,
      rng: new Rng('x'),
    });
    expect(valuesOf(fromSafetensors)).toEqual(valuesOf(fromNpz));
    for (const { parameters } of [fromNpz, fromSafetensors]) disposeParameters(parameters);
  });

  it('interpolates the positions for another size of input', async () => {
    const options = { ...tiny, size: 48, dropout: 0 };
    const backbone = await createBackbone('vit-b16', { options, weights: tinyNpz, rng });
    const { tokens } = backbone.features(tf.zeros([1, 48, 48, 3]), INFERENCE);
    expect(tokens?.shape).toEqual([1, 36, 24]);
    disposeParameters(backbone.parameters);
  });

  it('lists what is missing, what is unexpected and what has another shape, and leaves no tensor', async () => {
    const path = folder.join('other.safetensors');
    const data = new Float32Array(8);
    await writeSafetensors(
      path,
      new Map([
        ['cls', { dtype: 'float32', shape: [1, 1, 8], data }],
        ['head/kernel', { dtype: 'float32', shape: [8], data }],
        ['blocks.0.norm1.weight', { dtype: 'float32', shape: [8], data }],
      ]),
    );
    const before = tf.memory().numTensors;
    const options = { ...tiny, depth: 1 };
    await expect(createBackbone('vit-b16', { options, weights: path, rng })).rejects.toThrow(
      new RegExp(
        '^loadWeights: .*other.safetensors: missing: embedding/kernel, .*, Transformer/encoder_norm/bias; ' +
          'unexpected: blocks.0.norm1.weight; cls: expected shape \\[1, 1, 24\\], but got \\[1, 1, 8\\]\\.$',
      ),
    );
    expect(tf.memory().numTensors).toBe(before);
  });

  it.each([
    [
      'vit-b15',
      {},
      null,
      /^Unknown backbone 'vit-b15'. Known backbones: vit-b16, vit-b32, vit-s16, vit-ti16, vit-mini/,
    ],
    ['vit-mini', { depht: 3 }, null, /^createBackbone: options of vit-mini: Unrecognized key: "depht"\.$/],
    [
      'vit-mini',
      { depth: 0 },
      null,
      /^createBackbone: options of vit-mini: depth: Too small: expected number to be >=1\.$/,
    ],
    ['vit-mini', { patch: 5 }, null, /^createBackbone: options of vit-mini: patch must divide size\.$/],
    ['vit-mini', { heads: 5 }, null, /^createBackbone: options of vit-mini: heads must divide width\.$/],
    [
      'vit-b16',
      {},
      'nowhere/w.npz',
      /^createBackbone: no weights of vit-b16 at nowhere\/w.npz. Download https:\/\/storage.googleapis.com\/vit_models\/imagenet21k\/ViT-B_16.npz and save it there, or pass the path of ViT-B_16.npz\.$/,
    ],
    [
      'vit-mini',
      {},
      'nowhere/w.npz',
      /^createBackbone: no weights of vit-mini at nowhere\/w.npz. None are published for it: train it first, or leave weights out\.$/,
    ],
    [
      'vit-mini',
      {},
      fileURLToPath(import.meta.url),
      /^openWeights: .*createBackbone.test.ts: expected a file name that ends in .npz, .safetensors, .pth, .pt, .th, .h5, .hdf5, but got '.ts'\.$/,
    ],
  ])('refuses %s %j %s', async (name, options, weights, message) => {
    await expect(createBackbone(name, { options, weights, rng })).rejects.toThrow(message);
  });
});
