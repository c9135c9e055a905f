import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { disposeParameters, flattenParameters, INFERENCE, Rng, tf } from '@hash/core';
import { leakedTensors } from '@hash/core/testing';
import { openNpz } from '@hash/core/files';
import { loadWeights } from '../weights/loadWeights.js';
import { VisionTransformer, type VisionTransformerOptions } from './visionTransformer.js';
import { expectRelative } from '../layers/expectRelative.testing.js';

interface Oracle {
  readonly settings: {
    size: number;
    patch: number;
    width: number;
    depth: number;
    heads: number;
    mlpWidth: number;
  };
  readonly images: { readonly shape: [number, number, number, number]; readonly data: number[] };
  readonly pooled: number[];
  readonly tokens: number[];
  readonly pooledWeight: number[];
  readonly tokensWeight: number[];
  readonly gradients: Readonly<Record<string, number[]>>;
}

type Published = Readonly<Record<string, readonly number[]>>;

const fixtures = new URL('../../fixtures/', import.meta.url);
const oracle = JSON.parse(readFileSync(new URL('vit.json', fixtures), 'utf8')) as Oracle;
const rgb = [0.5, 0.5, 0.5] as const;

function small(changes: Partial<VisionTransformerOptions & { size: number }> = {}): VisionTransformer {
  const { size, ...settings } = { ...oracle.settings, ...changes };
  const preprocessing = { size, interpolation: 'bilinear', mean: rgb, std: rgb } as const;
  return new VisionTransformer({ name: 'tiny', preprocessing, dropout: 0, rng: new Rng(1), ...settings });
}

describe('VisionTransformer with the weights of an npz file, against PyTorch in float64', () => {
  let vit: VisionTransformer;
  let images: tf.Tensor4D;
  beforeAll(async () => {
    vit = small();
    const file = await openNpz(fileURLToPath(new URL('vit-tiny.npz', fixtures)));
    await loadWeights(vit, file);
    await file.close();
    images = tf.tensor4d(oracle.images.data, oracle.images.shape);
  });
  afterAll(() => {
    images.dispose();
    disposeParameters(vit.parameters);
  });

  it('has its class token and its tokens', () => {
    tf.tidy(() => {
      const { pooled, tokens } = vit.features(images, INFERENCE);
      expect(pooled.shape).toEqual([2, 24]);
      expect(tokens.shape).toEqual([2, 16, 24]);
      expectRelative(pooled, oracle.pooled);
      expectRelative(tokens, oracle.tokens);
    });
  });

  it('has its gradients', () => {
    tf.tidy(() => {
      const parameters = flattenParameters(vit.parameters);
      const { grads } = tf.variableGrads(() => {
        const { pooled, tokens } = vit.features(images, { training: true });
        const fromPooled = tf.sum(tf.mul(pooled, tf.tensor(oracle.pooledWeight, pooled.shape)));
        return tf.add(fromPooled, tf.sum(tf.mul(tokens, tf.tensor(oracle.tokensWeight, tokens.shape))));
      }, [...parameters.values()]);
      for (const [name, expected] of Object.entries(oracle.gradients)) {
        expectRelative(grads[parameters.get(name)!.name]!, expected);
      }
    });
  });

  it('leaks no tensor', async () => {
    const work = () => tf.dispose({ ...vit.features(images, INFERENCE) });
    expect(await leakedTensors(work)).toBe(0);
  });

  it('gives an image the same features whatever the batch', () => {
    tf.tidy(() => {
      const all = vit.features(images, INFERENCE);
      const second = vit.features(tf.slice(images, [1, 0, 0, 0], [1, 32, 32, 3]), INFERENCE);
      expectRelative(second.pooled, [...tf.slice(all.pooled, [1, 0], [1, 24]).dataSync()]);
    });
  });
});

describe('VisionTransformer', () => {
  it('has the names and shapes of the published ViT-B/16, here with 2 features a head instead of 64', () => {
    const keys = JSON.parse(readFileSync(new URL('vit-b16-keys.json', fixtures), 'utf8')) as Published;
    const narrow = new Map([
      [64, 2],
      [768, 24],
      [3072, 96],
    ]);
    const { parameters, checkpoint } = small({ size: 224, patch: 16, depth: 12, heads: 12, mlpWidth: 96 });
    const shapes = [...flattenParameters(parameters, checkpoint.separator)].map(([name, variable]) => {
      const { shape } = checkpoint.layout(name, variable);
      expect(tf.util.sizeFromShape([...shape])).toBe(variable.size);
      return [name, shape] as const;
    });
    const published = Object.entries(keys).map(([name, shape]) => {
      return [name, shape.map((size) => narrow.get(size) ?? size)] as const;
    });
    expect(new Map(shapes)).toEqual(new Map(published));
    disposeParameters(parameters);
  });

  it('starts as the published program does, and from the seed alone', () => {
    const [vit, same, other] = [small(), small(), small({ rng: new Rng(2) })];
    const [values, sameValues, otherValues] = [vit, same, other].map(({ parameters }) =>
      [...flattenParameters(parameters)].map(([name, variable]) => [name, [...variable.dataSync()]] as const),
    );
    expect(sameValues).toEqual(values);
    expect(otherValues).not.toEqual(values);
    const of = new Map(values);
    const block = 'Transformer/encoderblock_1';
    const query = of.get(`${block}/MultiHeadDotProductAttention_1/query/kernel`)!;
    const bound = Math.sqrt(6 / 48);
    expect(Math.max(...query.map(Math.abs))).toBeLessThanOrEqual(bound);
    expect(Math.max(...query.map(Math.abs))).toBeGreaterThan(0.98 * bound);
    expect(deviation(of.get('Transformer/posembed_input/pos_embedding')!)).toBeCloseTo(0.02 * 0.88, 3);
    expect(deviation(of.get('embedding/kernel')!)).toBeCloseTo(Math.sqrt(1 / 192), 2);
    expect(deviation(of.get(`${block}/MlpBlock_3/Dense_0/bias`)!)).toBeCloseTo(1e-6, 6);
    expect(new Set(of.get('cls'))).toEqual(new Set([0]));
    expect(new Set(of.get(`${block}/LayerNorm_0/scale`))).toEqual(new Set([1]));
    for (const { parameters } of [vit, same, other]) disposeParameters(parameters);
  });

  it('drops while training only, and as the generator says', () => {
    const vit = small({ dropout: 0.5 });
    tf.tidy(() => {
      const images = tf.ones<tf.Rank.R4>([1, 32, 32, 3]);
      const pooled = (seed?: number): number[] => [
        ...vit
          .features(images, seed === undefined ? INFERENCE : { training: true, rng: new Rng(seed) })
          .pooled.dataSync(),
      ];
      expect(pooled(1)).toEqual(pooled(1));
      expect(pooled(1)).not.toEqual(pooled(2));
      expect(pooled()).toEqual(pooled());
      expect(pooled()).not.toEqual(pooled(1));
      expect(() => vit.features(images, { training: true })).toThrow(
        'dropout: expected an rng in a training pass with rate 0.5, but got none.',
      );
    });
    disposeParameters(vit.parameters);
  });

  it('refuses other images and sizes that do not divide', () => {
    const vit = small();
    expect(() => vit.features(tf.zeros([2, 32, 24, 3]), INFERENCE)).toThrow(
      'VisionTransformer.features: expected images [n, 32, 32, 3], but got [2, 32, 24, 3].',
    );
    disposeParameters(vit.parameters);
    expect(() => small({ patch: 5 })).toThrow(
      'VisionTransformer: expected patch to divide the size 32, but got 5.',
    );
    expect(() => small({ heads: 7 })).toThrow(
      'MultiHeadAttention: expected heads to divide the width 24, but got 7.',
    );
  });
});

function deviation(values: readonly number[]): number {
  const mean = values.reduce((sum, x) => sum + x, 0) / values.length;
  return Math.sqrt(values.reduce((sum, x) => sum + (x - mean) ** 2, 0) / values.length);
}
