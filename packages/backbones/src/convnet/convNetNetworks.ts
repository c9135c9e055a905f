import { initializers } from '@hash/core';
import { z } from 'zod';
import { catalogueEntry, type CatalogueEntry } from '../catalogue/catalogueEntry.js';
import { ConvNet, type ConvNetInitializers } from './convNet.js';
import { ALEXNET, vgg, type ConvNetPlan } from './convNetPlan.js';

interface ConvNetSettings {
  readonly size: number;
  readonly multiplier: number;
  readonly width: number;
  readonly dropout: number;
}

const PUBLISHED = 'https://download.pytorch.org/models';

/** torchvision's for VGG. */
const VGG_START: ConvNetInitializers = {
  convolution: initializers.kaimingNormal({ mode: 'fanOut' }),
  connected: initializers.normal(0.01),
  bias: initializers.zeros(),
};

/** torchvision's, trained on ImageNet-1k. */
export const CONVNET_NETWORKS: Readonly<Record<string, CatalogueEntry>> = {
  alexnet: convNetEntry(`${PUBLISHED}/alexnet-owt-7be5be79.pth`, ALEXNET, 63),
  vgg16: convNetEntry(`${PUBLISHED}/vgg16-397923af.pth`, vgg([2, 2, 3, 3, 3]), 32, VGG_START),
  vgg19: convNetEntry(`${PUBLISHED}/vgg19-dcbb9e9d.pth`, vgg([2, 2, 4, 4, 4]), 32, VGG_START),
};

/** @param least  side of the smallest input of which the poolings leave something */
function convNetEntry(
  url: string,
  plan: ConvNetPlan,
  least: number,
  initial?: ConvNetInitializers,
): CatalogueEntry {
  const schema: z.ZodType<ConvNetSettings> = z.strictObject({
    size: z.int().min(least).default(224).describe('side of the input in pixels'),
    multiplier: z
      .number()
      .positive()
      .default(1)
      .describe("of the convolutions' channels, 1 in the published network"),
    width: z.int().min(1).default(4096).describe('features: neurons of each connected layer'),
    dropout: z.number().min(0).lt(1).default(0.5).describe('rate while training'),
  });
  return catalogueEntry(url, schema, (name, { size, ...settings }, rng) => {
    const preprocessing = {
      size,
      interpolation: 'bilinear',
      mean: [0.485, 0.456, 0.406],
      std: [0.229, 0.224, 0.225],
    } as const;
    return new ConvNet({ name, preprocessing, plan, initial, ...settings, rng });
  });
}
