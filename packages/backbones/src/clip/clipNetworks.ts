import type { Preprocessing, Rng, Tokenizer } from '@hash/core';
import { z } from 'zod';
import { catalogueEntry, type CatalogueEntry } from '../catalogue/catalogueEntry.js';
import { BytePairTokenizer } from '../tokenizer/bytePairTokenizer.js';
import { HashedWordTokenizer } from '../tokenizer/hashedWordTokenizer.js';
import { readMerges } from '../tokenizer/mergesFile.js';
import type { PublishedBackbone } from '../weights/checkpointFormat.js';
import { Clip, clipForImages } from './clip.js';
import { ClipImageTower } from './clipImageTower.js';
import { ClipTextTower } from './clipTextTower.js';

interface ClipSettings {
  readonly size: number;
  readonly patch: number;
  readonly width: number;
  readonly depth: number;
  readonly heads: number;
  readonly features: number;
  readonly texts: boolean;
  readonly textWidth: number;
  readonly textDepth: number;
  readonly textHeads: number;
  readonly context: number;
  readonly vocabulary: string | null;
  readonly words: number | null;
}

const BASE: ClipSettings = {
  size: 224,
  patch: 32,
  width: 768,
  depth: 12,
  heads: 12,
  features: 512,
  texts: true,
  textWidth: 512,
  textDepth: 12,
  textHeads: 8,
  context: 77,
  vocabulary: null,
  words: null,
};

const PUBLISHED = 'https://openaipublic.azureedge.net/clip/models';
const VOCABULARY = 'https://github.com/openai/CLIP/raw/main/clip/bpe_simple_vocab_16e6.txt.gz';

/** Of the pixels of the 400 million images that CLIP was trained on. */
const MOMENTS = {
  mean: [0.48145466, 0.4578275, 0.40821073],
  std: [0.26862954, 0.26130258, 0.27577711],
} as const;

/** OpenAI's; and one for small images and short captions (ours: a step on two CPU cores takes well below a second). */
export const CLIP_NETWORKS: Readonly<Record<string, CatalogueEntry>> = {
  'clip-b32': clipEntry(
    `${PUBLISHED}/40d365715913c9da98579312b702a82c18be219cc2a73407c4526f58eba950af/ViT-B-32.pt`,
    BASE,
  ),
  'clip-b16': clipEntry(
    `${PUBLISHED}/5806e77cd80f8b59890b7e101eabd078d9fb84e6937f9e85e4ecb61988df416f/ViT-B-16.pt`,
    { ...BASE, patch: 16 },
  ),
  'clip-mini': clipEntry(null, {
    ...BASE,
    size: 32,
    patch: 4,
    width: 96,
    depth: 4,
    heads: 3,
    features: 64,
    textWidth: 64,
    textDepth: 2,
    textHeads: 2,
    context: 32,
    words: 4096,
  }),
};

function clipEntry(url: string | null, defaults: ClipSettings): CatalogueEntry {
  const count = (value: number) => z.int().min(1).default(value);
  const schema: z.ZodType<ClipSettings> = z
    .strictObject({
      size: count(defaults.size).describe('side of the input in pixels'),
      patch: count(defaults.patch).describe('side of a patch in pixels'),
      width: count(defaults.width).describe('features per token inside the image tower'),
      depth: count(defaults.depth).describe('number of blocks of the image tower'),
      heads: count(defaults.heads).describe('heads of attention of the image tower'),
      features: count(defaults.features).describe('of an image or a text, where the towers meet'),
      texts: z.boolean().default(defaults.texts).describe('whether there is a text tower'),
      textWidth: count(defaults.textWidth).describe('features per token inside the text tower'),
      textDepth: count(defaults.textDepth).describe('number of blocks of the text tower'),
      textHeads: count(defaults.textHeads).describe('heads of attention of the text tower'),
      context: z
        .int()
        .min(2)
        .default(defaults.context)
        .describe('most tokens of a text, start and end included'),
      vocabulary: z
        .string()
        .nullable()
        .default(defaults.vocabulary)
        .describe('file of byte pairs, such as bpe_simple_vocab_16e6.txt.gz'),
      words: z
        .int()
        .min(4)
        .nullable()
        .default(defaults.words)
        .describe(
          'size of a vocabulary of hashed words, used where no file is given; null: a file is needed',
        ),
    })
    .refine(({ size, patch }) => size % patch === 0, 'patch must divide size')
    .refine(({ width, heads }) => width % heads === 0, 'heads must divide width')
    .refine(({ textWidth, textHeads }) => textWidth % textHeads === 0, 'textHeads must divide textWidth');
  return catalogueEntry(url, schema, createClip);
}

async function createClip(name: string, settings: ClipSettings, rng: Rng): Promise<PublishedBackbone> {
  const { size, texts, features, context, textWidth, textDepth, textHeads } = settings;
  // Before the first variable is made: it may fail.
  const tokenizer = texts ? await openTokenizer(name, settings) : undefined;
  const preprocessing: Preprocessing = { size, interpolation: 'bicubic', ...MOMENTS };
  const image = new ClipImageTower({ ...settings, name, preprocessing, rng: rng.fork('image') });
  if (tokenizer === undefined) return clipForImages(image);
  const text = new ClipTextTower({
    tokenizer,
    context,
    width: textWidth,
    depth: textDepth,
    heads: textHeads,
    features,
    rng: rng.fork('text'),
  });
  return new Clip(image, text);
}

async function openTokenizer(name: string, { vocabulary, words }: ClipSettings): Promise<Tokenizer> {
  if (vocabulary !== null) return new BytePairTokenizer(await readMerges(vocabulary));
  if (words !== null) return new HashedWordTokenizer(words);
  throw new Error(
    `createBackbone: ${name} reads texts by the vocabulary that it was trained with. Download ${VOCABULARY} and pass ` +
      `its path as the option vocabulary, or do without the text tower: texts: false.`,
  );
}
