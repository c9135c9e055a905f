import { z } from 'zod';
import { MAX_SIGMA } from './gaussianBlur.js';

const expected = (what: string) => ({ error: () => what });

const size = z.int(expected('an integer of at least 1')).min(1, expected('an integer of at least 1'));
const positive = z.number(expected('a number above 0')).positive(expected('a number above 0'));
const strength = z.number(expected('a number of at least 0')).min(0, expected('a number of at least 0'));
const share = z
  .number(expected('a number from 0 to 1'))
  .min(0, expected('a number from 0 to 1'))
  .max(1, expected('a number from 0 to 1'));
const hue = z
  .number(expected('a number from 0 to 0.5'))
  .min(0, expected('a number from 0 to 0.5'))
  .max(0.5, expected('a number from 0 to 0.5'));
const interpolation = z
  .enum(['bilinear', 'bicubic'], expected("'bilinear' or 'bicubic'"))
  .default('bilinear');

function range(end: z.ZodNumber) {
  return z
    .tuple([end, end], expected('[low, high]'))
    .refine(([low, high]) => low <= high, expected('[low, high] with low <= high'));
}

const sigma = strength.max(MAX_SIGMA, expected(`a number from 0 to ${MAX_SIGMA}`));
const areaShare = positive.max(1, expected('a number above 0, at most 1'));
const rgb = (value: z.ZodNumber) => z.tuple([value, value, value], expected('[red, green, blue]'));

const schemas = [
  z.strictObject({ op: z.literal('resize'), size, interpolation }),
  z.strictObject({ op: z.literal('centerCrop'), size }),
  z.strictObject({
    op: z.literal('randomCrop'),
    size,
    padding: z
      .int(expected('an integer of at least 0'))
      .min(0, expected('an integer of at least 0'))
      .default(0),
  }),
  z.strictObject({
    op: z.literal('randomResizedCrop'),
    size,
    scale: range(areaShare).default([0.08, 1]),
    ratio: range(positive).default([3 / 4, 4 / 3]),
    interpolation,
  }),
  z.strictObject({ op: z.literal('randomHorizontalFlip'), probability: share.default(0.5) }),
  z.strictObject({
    op: z.literal('colorJitter'),
    brightness: strength.default(0),
    contrast: strength.default(0),
    saturation: strength.default(0),
    hue: hue.default(0),
    probability: share.default(1),
  }),
  z.strictObject({ op: z.literal('randomGrayscale'), probability: share.default(0.1) }),
  z.strictObject({ op: z.literal('gaussianBlur'), sigma: range(sigma), probability: share.default(1) }),
  z.strictObject({
    op: z.literal('normalize'),
    mean: rgb(z.number(expected('a number'))),
    std: rgb(positive),
  }),
] as const;

const names = schemas.map((schema) => schema.shape.op.value);

/** An {@link AugmentSpec} with torchvision's defaults filled in. The message of an issue says what was expected. */
export const augmentSchema = z.array(
  z.discriminatedUnion('op', schemas, {
    error: ({ input }) => (typeof input === 'object' ? `one of ${names.join(', ')}` : 'an object'),
  }),
  expected('an array of ops'),
);

export type CompleteOp = z.infer<typeof augmentSchema>[number];
