import type { Interpolation } from '@hash/core';
import { z } from 'zod';
import { catalogueEntry, type CatalogueEntry } from '../catalogue/catalogueEntry.js';
import type { MobileNetNorm } from './convolution.js';
import { roundChannels } from './mobileNetPlan.js';
import { MobileNetV2 } from './mobileNetV2.js';

interface MobileNetSettings {
  readonly size: number;
  readonly interpolation: Interpolation;
  readonly multiplier: number;
  readonly width: number | null;
  readonly batchNorm: MobileNetNorm;
}

const PUBLISHED = 'https://storage.googleapis.com/tensorflow/keras-applications/mobilenet_v2';

/** Of the last convolution, where the multiplier is not above 1. */
const FEATURES = 1280;

const schema: z.ZodType<MobileNetSettings> = z.strictObject({
  size: z.int().min(32).default(224).describe('side of the input in pixels'),
  interpolation: z
    .enum(['bilinear', 'bicubic'])
    .default('bilinear')
    .describe('of resized images; bicubic suits small ones that are enlarged'),
  multiplier: z.number().positive().default(1).describe('of the channels, 1 in the network of the paper'),
  width: z
    .int()
    .min(1)
    .nullable()
    .default(null)
    .describe('channels of the last convolution; null: 1280, times a multiplier above 1'),
  batchNorm: z
    .enum(['batch', 'running', 'folded'])
    .default('batch')
    .describe('moments that batch normalisation uses while training; folded: it is part of the convolutions'),
});

/** Keras' and TensorFlow Lite's, trained on ImageNet-1k. */
export const MOBILENET_NETWORKS: Readonly<Record<string, CatalogueEntry>> = {
  'mobilenet-v2': catalogueEntry(
    `${PUBLISHED}/mobilenet_v2_weights_tf_dim_ordering_tf_kernels_1.0_224_no_top.h5`,
    schema,
    (name, { size, interpolation, multiplier, width, batchNorm }, rng) => {
      // The graph's input is quantised in steps of which 127 are in the middle.
      const middle = batchNorm === 'folded' ? 127 / 255 : 0.5;
      const preprocessing = {
        size,
        interpolation,
        mean: [middle, middle, middle],
        std: [0.5, 0.5, 0.5],
      } as const;
      const features = width ?? roundChannels(FEATURES * Math.max(1, multiplier));
      return new MobileNetV2({ name, preprocessing, multiplier, width: features, batchNorm, rng });
    },
  ),
};
