import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { disposeParameters, flattenParameters, Rng, tf, tokenizeTexts } from '@hash/core';
import { temporaryFolder } from '@hash/core/testing/temporaryFolder';
import { createBackbone } from '../catalogue/createBackbone.js';
import { trainBytePairs } from '../tokenizer/trainBytePairs.js';
import { writeMerges } from '../tokenizer/mergesFile.js';
import { saveWeights } from '../weights/saveWeights.js';
import { Clip } from './clip.js';

const rng = new Rng('clip');
const captions = ['a red star', 'two blue rings', 'a red ring and a blue star'];
const weights = fileURLToPath(new URL('../../fixtures/torch/clip-tiny.pt', import.meta.url));
/** Those of the network that the file holds. */
const tiny = {
  ...{ size: 16, patch: 4, width: 16, depth: 2, heads: 2, features: 10 },
  ...{ textWidth: 12, textDepth: 2, textHeads: 3, context: 12, words: 40 },
};

async function create(options: Record<string, unknown>, file: string | null = null): Promise<Clip> {
  const backbone = await createBackbone('clip-mini', { options, weights: file, rng });
  if (!(backbone instanceof Clip)) throw new Error('expected both towers');
  return backbone;
}

describe('the CLIPs of the catalogue', () => {
  const folder = temporaryFolder(beforeAll, afterAll);

  it('learn from images and texts without NaN', async () => {
    const clip = await create({ width: 24, depth: 2, features: 8, textWidth: 16 });
    const variables = flattenParameters(clip.parameters, '.');
    tf.tidy(() => {
      const images = tf.randomUniform<tf.Rank.R4>([3, 32, 32, 3], -1, 1, 'float32', 7);
      const tokens = tokenizeTexts(captions, clip.text.tokenizer, 10);
      const { value, grads } = tf.variableGrads(() => {
        const similarity = tf.matMul(
          clip.features(images).pooled,
          clip.text.features(tokens).pooled,
          false,
          true,
        );
        return tf.sum(tf.square(similarity));
      }, [...variables.values()]);
      for (const tensor of [value, ...Object.values(grads)]) {
        expect(tensor.dataSync().every(Number.isFinite)).toBe(true);
      }
      expect(Object.keys(grads)).toHaveLength(variables.size - 1); // all but logit_scale
    });
    disposeParameters(clip.parameters);
  });

  it('prepare images as the published network does', async () => {
    const options = { width: 24, depth: 1, patch: 112, texts: false };
    const { preprocessing, parameters } = await createBackbone('clip-b32', { options, rng });
    expect(preprocessing).toEqual({
      size: 224,
      interpolation: 'bicubic',
      mean: [0.48145466, 0.4578275, 0.40821073],
      std: [0.26862954, 0.26130258, 0.27577711],
    });
    disposeParameters(parameters);
  });

  it('read texts by the vocabulary of a file', async () => {
    const vocabulary = folder.join('captions.txt');
    await writeMerges(vocabulary, trainBytePairs(captions, 50));
    const clip = await create({ ...tiny, vocabulary });
    const { lengths } = tokenizeTexts(captions, clip.text.tokenizer, 12);
    // Every word that occurs twice is one token; 'two' and 'rings' and 'and' are more.
    expect(lengths[0]).toBe(5);
    expect(clip.text.features(tokenizeTexts(captions, clip.text.tokenizer, 12)).pooled.shape).toEqual([
      3, 10,
    ]);
    disposeParameters(clip.parameters);
  });

  it('save as safetensors what they load from a TorchScript archive', async () => {
    const path = folder.join('clip.safetensors');
    const published = await create(tiny, weights);
    await saveWeights(published, path);
    const saved = await create(tiny, path);
    const valuesOf = ({ parameters }: Clip) =>
      [...flattenParameters(parameters)].map(([name, variable]) => [name, [...variable.dataSync()]]);
    expect(valuesOf(saved)).toEqual(valuesOf(published));
    for (const { parameters } of [published, saved]) disposeParameters(parameters);
  });

  it('interpolate the positions for another size of input', async () => {
    const clip = await create({ ...tiny, size: 24 }, weights);
    expect(clip.features(tf.zeros([1, 24, 24, 3])).tokens.shape).toEqual([1, 36, 10]);
    disposeParameters(clip.parameters);
  });

  it('say what is missing or does not fit', async () => {
    const before = tf.memory().numTensors;
    await expect(createBackbone('clip-b32', { rng })).rejects.toThrow(
      'createBackbone: clip-b32 reads texts by the vocabulary that it was trained with. Download ' +
        'https://github.com/openai/CLIP/raw/main/clip/bpe_simple_vocab_16e6.txt.gz and pass its path as the option ' +
        'vocabulary, or do without the text tower: texts: false.',
    );
    await expect(create({ vocabulary: folder.join('none.txt') })).rejects.toThrow('none.txt');
    await expect(create({ textHeads: 5 })).rejects.toThrow(
      'createBackbone: options of clip-mini: textHeads must divide textWidth.',
    );
    await expect(create({ ...tiny, words: 41 }, weights)).rejects.toThrow(
      `loadWeights: ${weights}: token_embedding.weight: expected shape [41, 12], but got [40, 12].`,
    );
    expect(tf.memory().numTensors).toBe(before);
  });
});
