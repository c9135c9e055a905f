import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { disposeParameters, flattenParameters, INFERENCE, Rng, tf, type TokenBatch } from '@hash/core';
import { leakedTensors } from '@hash/core/testing';
import { openTorch } from '../files/torch/openTorch.js';
import { loadWeights } from '../weights/loadWeights.js';
import { clipForImages, type Clip } from './clip.js';
import { numbersOnly, tinyClip } from './clip.testing.js';
import { ClipImageTower } from './clipImageTower.js';
import { expectRelative } from '../layers/expectRelative.testing.js';

type Output = 'image' | 'patches' | 'text' | 'tokens';

interface Oracle {
  readonly settings: Readonly<Record<string, number>>;
  readonly images: { readonly shape: [number, number, number, number]; readonly data: number[] };
  readonly ids: readonly (readonly number[])[];
  readonly lengths: readonly number[];
  readonly outputs: Readonly<Record<Output, { readonly shape: number[]; readonly values: number[] }>>;
  readonly weights: Readonly<Record<Output, number[]>>;
  readonly hidden: { readonly ids: readonly (readonly number[])[]; readonly tokens: number[] };
  readonly gradients: Readonly<Record<string, number[]>>;
  readonly unreached: readonly string[];
}

const fixtures = new URL('../../fixtures/', import.meta.url);
const oracle = JSON.parse(readFileSync(new URL('clip.json', fixtures), 'utf8')) as Oracle;

const settings = {
  image: { size: 16, patch: 4, width: 16, depth: 2, heads: 2 },
  text: { tokenizer: numbersOnly(40), context: 12, width: 12, depth: 2, heads: 3 },
  features: 10,
};

function batch(ids: readonly (readonly number[])[], lengths: readonly number[]): TokenBatch {
  const shape = [ids.length, ids[0]!.length] as const;
  return { ids: Int32Array.from(ids.flat()), shape, lengths: Uint32Array.from(lengths) };
}

async function load(clip: Parameters<typeof loadWeights>[0]): Promise<void> {
  const file = await openTorch(fileURLToPath(new URL('torch/clip-tiny.pt', fixtures)));
  await loadWeights(clip, file);
  await file.close();
}

describe('Clip with the weights of a TorchScript archive, against PyTorch in float64', () => {
  let clip: Clip;
  let images: tf.Tensor4D;
  const tokens = batch(oracle.ids, oracle.lengths);
  beforeAll(async () => {
    clip = tinyClip(settings);
    await load(clip);
    images = tf.tensor4d(oracle.images.data, oracle.images.shape);
  });
  afterAll(() => {
    images.dispose();
    disposeParameters(clip.parameters);
  });

  const outputs = (): Record<Output, tf.Tensor> => {
    const seen = clip.features(images);
    const read = clip.text.features(tokens);
    return { image: seen.pooled, patches: seen.tokens, text: read.pooled, tokens: read.tokens };
  };

  it('has the features of images and texts, and of their parts', () => {
    tf.tidy(() => {
      for (const [name, tensor] of Object.entries(outputs()) as [Output, tf.Tensor][]) {
        expect(tensor.shape).toEqual(oracle.outputs[name].shape);
        expectRelative(tensor, oracle.outputs[name].values);
      }
    });
  });

  it('hides padding where it is asked to', () => {
    tf.tidy(() => {
      const hidden = clip.text.features(batch(oracle.hidden.ids, oracle.lengths), INFERENCE, {
        maskPadding: true,
      });
      expectRelative(hidden.tokens, oracle.hidden.tokens);
    });
  });

  it('has its gradients', () => {
    tf.tidy(() => {
      const parameters = flattenParameters(clip.parameters, '.');
      const { grads } = tf.variableGrads(() => {
        const terms = Object.entries(outputs()) as [Output, tf.Tensor][];
        return tf.addN(terms.map(([name, value]) => tf.sum(tf.mul(value, tf.tensor(oracle.weights[name], value.shape))))); // prettier-ignore
      }, [...parameters.values()]);
      for (const [name, expected] of Object.entries(oracle.gradients)) {
        const gradient = grads[parameters.get(name)!.name]!;
        const { axes, shape } = clip.checkpoint.layout(name, parameters.get(name)!);
        // The published axis a is our axis axes.indexOf(a).
        expectRelative(axes ? tf.transpose(gradient, shape.map((_, a) => axes.indexOf(a))) : gradient, expected); // prettier-ignore
      }
      expect(oracle.unreached).toEqual(['logit_scale']);
      for (const name of oracle.unreached) expect(grads[parameters.get(name)!.name]).toBeUndefined();
    });
  });

  it('leaks no tensor', async () => {
    expect(await leakedTensors(() => tf.dispose(outputs()))).toBe(0);
  });

  it('gives a text the same features whatever the batch and the padding', () => {
    tf.tidy(() => {
      const alone = clip.text.features(batch([oracle.ids[0]!.slice(0, 5)], [5]));
      expectRelative(alone.pooled, oracle.outputs.text.values.slice(0, 10));
      expectRelative(alone.tokens, oracle.outputs.tokens.values.slice(0, 50));
    });
  });

  it('can do without the text tower', async () => {
    const { patch, width, depth, heads } = settings.image;
    const { preprocessing } = clip;
    const rng = new Rng(2);
    const tower = new ClipImageTower({
      name: 'x',
      preprocessing,
      patch,
      width,
      depth,
      heads,
      features: 10,
      rng,
    });
    const alone = clipForImages(tower);
    await load(alone);
    tf.tidy(() => expectRelative(alone.features(images, INFERENCE).pooled, oracle.outputs.image.values));
    disposeParameters(alone.parameters);
  });
});

describe('Clip', () => {
  it('has the names and shapes of the published ViT-B/32, here with 2 features a head instead of 64', () => {
    const published = JSON.parse(readFileSync(new URL('clip-vit-b32-keys.json', fixtures), 'utf8')) as Record<
      string,
      number[]
    >;
    expect(Object.keys(published)).toHaveLength(302);
    const clip = tinyClip({
      image: { size: 224, patch: 32, width: 24, depth: 12, heads: 12 },
      text: { tokenizer: numbersOnly(498), context: 77, width: 16, depth: 12, heads: 8 },
      features: 16,
    });
    const narrow: Readonly<Record<number, number>> = { 49408: 498, 3072: 96, 2304: 72, 2048: 64, 1536: 48, 768: 24, 512: 16 }; // prettier-ignore
    const shapes = [...flattenParameters(clip.parameters, '.')].map(([name, variable]) => {
      const { shape } = clip.checkpoint.layout(name, variable);
      expect(tf.util.sizeFromShape([...shape])).toBe(variable.size);
      return [name, shape] as const;
    });
    const expected = Object.entries(published).map(([name, shape]) => [name, shape.map((size) => narrow[size] ?? size)]); // prettier-ignore
    expect(Object.fromEntries(shapes)).toEqual(Object.fromEntries(expected));
    disposeParameters(clip.parameters);
  });

  it("starts from the published program's values, the same for the same seed", () => {
    const sizes = {
      image: { size: 32, patch: 8, width: 64, depth: 2, heads: 1 },
      text: { tokenizer: numbersOnly(600), context: 40, width: 48, depth: 3, heads: 1 },
      features: 32,
    };
    const [clip, same, other] = [1, 1, 2].map((seed) => tinyClip(sizes, new Rng(seed))) as [Clip, Clip, Clip];
    const valuesOf = ({ parameters }: Clip) =>
      new Map(
        [...flattenParameters(parameters, '.')].map(([name, variable]) => [name, [...variable.dataSync()]]),
      );
    const values = valuesOf(clip);
    expect(values).toEqual(valuesOf(same));
    expect(values.get('text_projection')).not.toEqual(valuesOf(other).get('text_projection'));
    const normal = {
      'visual.class_embedding': 64 ** -0.5,
      'visual.positional_embedding': 64 ** -0.5,
      'visual.proj': 64 ** -0.5,
      'token_embedding.weight': 0.02,
      positional_embedding: 0.01,
      text_projection: 48 ** -0.5,
      'transformer.resblocks.0.attn.in_proj_weight': 48 ** -0.5,
      'transformer.resblocks.1.attn.out_proj.weight': (48 * 6) ** -0.5,
      'transformer.resblocks.2.mlp.c_proj.weight': (48 * 6) ** -0.5,
      'transformer.resblocks.0.mlp.c_fc.weight': 96 ** -0.5,
    };
    for (const [name, deviation] of Object.entries(normal)) {
      const found = deviationOf(values.get(name)!);
      expect(Math.abs(found / deviation - 1)).toBeLessThan(3 / Math.sqrt(2 * values.get(name)!.length));
    }
    const uniform = {
      'visual.conv1.weight': (8 * 8 * 3) ** -0.5,
      'visual.transformer.resblocks.0.attn.in_proj_weight': (6 / (4 * 64)) ** 0.5,
      'visual.transformer.resblocks.0.attn.out_proj.weight': 64 ** -0.5,
      'visual.transformer.resblocks.1.mlp.c_fc.weight': 64 ** -0.5,
      'visual.transformer.resblocks.1.mlp.c_proj.weight': 256 ** -0.5,
      'visual.transformer.resblocks.1.mlp.c_fc.bias': 64 ** -0.5,
      'transformer.resblocks.1.mlp.c_fc.bias': 48 ** -0.5,
    };
    for (const [name, bound] of Object.entries(uniform)) {
      const largest = Math.max(...values.get(name)!.map(Math.abs));
      expect(largest).toBeLessThanOrEqual(bound);
      expect(largest).toBeGreaterThan(0.95 * bound);
    }
    expect(new Set(values.get('transformer.resblocks.0.attn.in_proj_bias'))).toEqual(new Set([0]));
    expect(new Set(values.get('visual.ln_pre.weight'))).toEqual(new Set([1]));
    expect(values.get('logit_scale')![0]).toBeCloseTo(Math.log(1 / 0.07), 6);
    for (const { parameters } of [clip, same, other]) disposeParameters(parameters);
  });

  it('refuses what does not fit', () => {
    const clip = tinyClip(settings);
    expect(() => clip.features(tf.zeros([2, 16, 12, 3]))).toThrow(
      'ClipImageTower.features: expected images [n, 16, 16, 3], but got [2, 16, 12, 3].',
    );
    const long = { ids: new Int32Array(13), shape: [1, 13], lengths: Uint32Array.of(13) } as const;
    expect(() => clip.text.features(long)).toThrow(
      'ClipTextTower.features: expected at most 12 tokens, but got 13.',
    );
    expect(() => clip.text.features(batch([[38, 40, 39]], [3]))).toThrow(
      'lookup: expected numbers from 0 to 39, but got 40.',
    );
    disposeParameters(clip.parameters);
    expect(() => tinyClip({ ...settings, image: { ...settings.image, patch: 5 } })).toThrow(
      'ClipImageTower: expected patch to divide the size 16, but got 5.',
    );
    expect(() => tinyClip({ ...settings, image: { ...settings.image, heads: 3 } })).toThrow(
      'SelfAttention: expected heads to divide the width 16, but got 3.',
    );
  });
});

function deviationOf(values: readonly number[]): number {
  const mean = values.reduce((sum, x) => sum + x, 0) / values.length;
  return Math.sqrt(values.reduce((sum, x) => sum + (x - mean) ** 2, 0) / values.length);
}
