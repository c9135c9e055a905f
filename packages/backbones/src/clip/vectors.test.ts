import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { disposeParameters, INFERENCE, tf, type TokenBatch } from '@hash/core';
import type { NumericArray } from '@hash/core/files';
import { expectClose, type Nested } from '@hash/core/testing';
import type { WeightFile } from '../files/weightFile.js';
import { loadWeights } from '../weights/loadWeights.js';
import type { Clip } from './clip.js';
import { numbersOnly, tinyClip } from './clip.testing.js';

interface Tower {
  readonly params: Readonly<Record<string, Nested>>;
  readonly blocks: readonly Readonly<Record<string, Nested>>[];
  readonly expected: Readonly<Record<string, Nested>>;
}

// Checked against the modules of the cross-modal hashing programs.
const vectors = JSON.parse(
  readFileSync(new URL('../../fixtures/clip-backbone.json', import.meta.url), 'utf8'),
) as {
  readonly vision: Tower & { readonly image_NCHW: number[][][][] };
  readonly text: Tower & { readonly tokens: number[][]; readonly eos_position: number[] };
};

function named({ params, blocks }: Tower, prefix: string): [string, Nested][] {
  return [
    ...Object.entries(params),
    ...blocks.flatMap((block, i) =>
      Object.entries(block).map(([name, value]) => [`transformer.resblocks.${i}.${name}`, value] as const),
    ),
  ].map(([name, value]) => [prefix + name, value]);
}

/** As if the vectors lay in a file. */
function asFile(values: ReadonlyMap<string, Nested>): WeightFile {
  const arrays = new Map<string, NumericArray>();
  for (const [name, value] of values) {
    const [shape, data] = tf.tidy(() => {
      const tensor = tf.tensor(value);
      return [tensor.shape, tensor.dataSync<'float32'>()] as const;
    });
    arrays.set(name, { dtype: 'float32', shape, data });
  }
  return {
    path: 'clip-backbone.json',
    arrays,
    read: (name) => Promise.resolve(arrays.get(name)!),
    close: () => Promise.resolve(),
  };
}

describe('Clip against the vectors', () => {
  let clip: Clip;
  let tokens: TokenBatch;
  beforeAll(async () => {
    clip = tinyClip({
      image: { size: 4, patch: 2, width: 8, depth: 2, heads: 2 },
      text: { tokenizer: numbersOnly(12), context: 8, width: 8, depth: 2, heads: 2 },
      features: 6,
    });
    const weights: [string, Nested][] = [
      ...named(vectors.vision, 'visual.'),
      ...named(vectors.text, ''),
      ['logit_scale', 1],
    ];
    await loadWeights(clip, asFile(new Map(weights)));
    const { tokens: ids, eos_position } = vectors.text;
    const lengths = Uint32Array.from(eos_position, (end) => end + 1);
    tokens = { ids: Int32Array.from(ids.flat()), shape: [2, 6], lengths };
  });
  afterAll(() => disposeParameters(clip.parameters));

  it('has the features of images', () => {
    tf.tidy(() => {
      const images = tf.transpose(tf.tensor4d(vectors.vision.image_NCHW), [0, 2, 3, 1]);
      const { pooled, tokens } = clip.features(images);
      expectClose(pooled, vectors.vision.expected['cls_token_ND']!);
      expectClose(tokens, vectors.vision.expected['patch_tokens_NLD']!);
    });
  });

  it.each([
    [false, 'seq_tokens_NLD_no_key_padding_mask'],
    [true, 'seq_tokens_NLD_with_key_padding_mask(tokens==0)'],
  ])('has the features of texts, padding hidden: %s', (maskPadding, name) => {
    tf.tidy(() => {
      const text = clip.text.features(tokens, INFERENCE, { maskPadding });
      expectClose(text.pooled, vectors.text.expected['eos_token_ND']!);
      expectClose(text.tokens, vectors.text.expected[name]!);
    });
  });

  it('is tested with two paddings that differ', () => {
    const { expected } = vectors.text;
    expect(expected['seq_tokens_NLD_no_key_padding_mask']).not.toEqual(
      expected['seq_tokens_NLD_with_key_padding_mask(tokens==0)'],
    );
  });
});
