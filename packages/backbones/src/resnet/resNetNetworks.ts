import { z } from 'zod';
import { catalogueEntry, type CatalogueEntry } from '../catalogue/catalogueEntry.js';
import type { BatchNormMode } from '../layers/convNorm.js';
import type { BlockKind } from './residualBlock.js';
import { ResNet } from './resNet.js';

interface ResNetSettings {
  readonly size: number;
  readonly width: number;
  readonly blocks: readonly number[];
  readonly batchNorm: BatchNormMode;
}

const PUBLISHED = 'https://download.pytorch.org/models';

/** torchvision's, trained on ImageNet-1k (its first version of the weights). */
export const RESNET_NETWORKS: Readonly<Record<string, CatalogueEntry>> = {
  resnet18: resNetEntry(`${PUBLISHED}/resnet18-f37072fd.pth`, 'basic', [2, 2, 2, 2]),
  resnet34: resNetEntry(`${PUBLISHED}/resnet34-b627a593.pth`, 'basic', [3, 4, 6, 3]),
  resnet50: resNetEntry(`${PUBLISHED}/resnet50-0676ba61.pth`, 'bottleneck', [3, 4, 6, 3]),
};

function resNetEntry(url: string, kind: BlockKind, blocks: readonly number[]): CatalogueEntry {
  const schema: z.ZodType<ResNetSettings> = z.strictObject({
    size: z.int().min(32).default(224).describe('side of the input in pixels'),
    width: z.int().min(1).default(64).describe('channels of the first stage'),
    blocks: z
      .array(z.int().min(1))
      .min(1)
      .max(8)
      .default([...blocks])
      .describe('blocks in each stage'),
    batchNorm: z
      .enum(['batch', 'running'])
      .default('batch')
      .describe('moments that batch normalisation uses while training'),
  });
  return catalogueEntry(url, schema, (name, { size, ...settings }, rng) => {
    const preprocessing = {
      size,
      interpolation: 'bilinear',
      mean: [0.485, 0.456, 0.406],
      std: [0.229, 0.224, 0.225],
    } as const;
    return new ResNet({ name, preprocessing, kind, ...settings, rng });
  });
}
