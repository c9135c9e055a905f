import { z } from 'zod';
import { catalogueEntry, type CatalogueEntry } from '../catalogue/catalogueEntry.js';
import { VisionTransformer, type Stem } from './visionTransformer.js';

interface VitSettings {
  readonly size: number;
  readonly patch: number;
  readonly stem: Stem;
  readonly width: number;
  readonly depth: number;
  readonly heads: number;
  readonly mlpWidth: number;
  readonly dropout: number;
}

const BASE: VitSettings = {
  size: 224,
  patch: 16,
  stem: 'patch',
  width: 768,
  depth: 12,
  heads: 12,
  mlpWidth: 3072,
  dropout: 0.1,
};

const PUBLISHED = 'https://storage.googleapis.com/vit_models';

/** Google's, trained on ImageNet-21k; and one for small images (ours: a step on two CPU cores takes well below a second). */
export const VIT_NETWORKS: Readonly<Record<string, CatalogueEntry>> = {
  'vit-b16': vitEntry(`${PUBLISHED}/imagenet21k/ViT-B_16.npz`, BASE),
  'vit-b32': vitEntry(`${PUBLISHED}/imagenet21k/ViT-B_32.npz`, { ...BASE, patch: 32 }),
  'vit-s16': vitEntry(`${PUBLISHED}/augreg/S_16-i21k-300ep-lr_0.001-aug_light1-wd_0.03-do_0.0-sd_0.0.npz`, {
    ...BASE,
    width: 384,
    heads: 6,
    mlpWidth: 1536,
  }),
  'vit-ti16': vitEntry(`${PUBLISHED}/augreg/Ti_16-i21k-300ep-lr_0.001-aug_none-wd_0.03-do_0.0-sd_0.0.npz`, {
    ...BASE,
    width: 192,
    heads: 3,
    mlpWidth: 768,
  }),
  'vit-mini': vitEntry(null, {
    size: 32,
    patch: 4,
    stem: 'patch',
    width: 96,
    depth: 4,
    heads: 3,
    mlpWidth: 192,
    dropout: 0,
  }),
};

function vitEntry(url: string | null, defaults: VitSettings): CatalogueEntry {
  const count = (value: number) => z.int().min(1).default(value);
  const schema: z.ZodType<VitSettings> = z
    .strictObject({
      size: count(defaults.size).describe('side of the input in pixels'),
      patch: count(defaults.patch).describe('side of a patch in pixels'),
      stem: z
        .enum(['patch', 'conv'])
        .default(defaults.stem)
        .describe(
          'what turns a patch into a vector: one product, as published, or convolutions, which learn sooner from scratch',
        ),
      width: count(defaults.width).describe('features per token'),
      depth: count(defaults.depth).describe('number of blocks'),
      heads: count(defaults.heads).describe('heads of attention'),
      mlpWidth: count(defaults.mlpWidth).describe("features inside a block's MLP"),
      dropout: z.number().min(0).lt(1).default(defaults.dropout).describe('rate while training'),
    })
    .refine(({ size, patch }) => size % patch === 0, 'patch must divide size')
    .refine(({ width, heads }) => width % heads === 0, 'heads must divide width');
  return catalogueEntry(url, schema, (name, { size, ...settings }, rng) => {
    const half = [0.5, 0.5, 0.5] as const;
    const preprocessing = { size, interpolation: 'bilinear', mean: half, std: half } as const;
    return new VisionTransformer({ name, preprocessing, ...settings, rng });
  });
}
