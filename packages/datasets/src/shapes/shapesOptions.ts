import { z } from 'zod';
import { SHAPE_NAMES } from './outline.js';
import { COLOR_NAMES } from './palette.js';

const share = z.number().min(0).max(1);

export const shapesOptions = z.strictObject({
  classes: z
    .int()
    .min(2)
    .max(SHAPE_NAMES.length)
    .default(10)
    .describe('how many shapes, in the order of SHAPE_NAMES'),
  size: z.int().min(16).max(224).default(32).describe('side of the images, in pixels'),
  train: z.int().min(1).default(2000).describe('number of training images'),
  query: z.int().min(1).default(500).describe('number of query images'),
  database: z.int().min(1).default(4000).describe('number of database images'),
  rotation: z.number().min(0).max(45).default(12).describe('largest rotation either way, in degrees'),
  colors: z
    .int()
    .min(2)
    .max(COLOR_NAMES.length)
    .default(COLOR_NAMES.length)
    .describe('how many colours, in the order of COLOR_NAMES; 2: black and white'),
  offset: share
    .default(0.4)
    .describe('how far objects lie from the middle of their place; 1: as far as they fit'),
  ground: z
    .enum(['any', 'dark'])
    .default('any')
    .describe('dark: objects are always brighter than what is behind them'),
  texture: share.default(0.25).describe('contrast of the pattern of the background; 0: plain'),
  noise: share.default(0.04).describe('half width of the pixel noise, as a share of the full range'),
});

export type ShapesOptions = z.infer<typeof shapesOptions>;
