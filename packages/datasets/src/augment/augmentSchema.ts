import { z } from 'zod';
import { MAX_SIGMA } from './gaussianBlur.js';

const expected = (what: string) => ({ error: () => what });

function integer(low: number) {
  const what = expected(`an integer of at least ${low}`);
  return z.int(what).min(low, what);
}

function atLeastZero() {
  const what = expected('a number of at least 0');
  return z.number(what).min(0, what);
}

function upTo(high: number) {
  const what = expected(`a number from 0 to ${high}`);
  return z.number(what).min(0, what).max(high, what);
}

function positive() {
  const what = expected('a number above 0');
  return z.number(what).positive(what);
}

function range(end: z.ZodNumber) {
  return z
    .tuple([end, end], expected('[low, high]'))
    .refine(([low, high]) => low <= high, expected('[low, high] with low <= high'));
}

function rgb(value: z.ZodNumber) {
  return z.tuple([value, value, value], expected('[red, green, blue]'));
}

const size = integer(1);
const probability = upTo(1);
const areaShare = positive().max(1, expected('a number above 0, at most 1'));
const interpolation = z
  .enum(['bilinear', 'bicubic'], expected("'bilinear' or 'bicubic'"))
  .default('bilinear');

const schemas = [
  z.strictObject({ op: z.literal('resize'), size, interpolation }),
  z.strictObject({ op: z.literal('centerCrop'), size }),
  z.strictObject({
    op: z.literal('randomCrop'),
    size,
    padding: integer(0).default(0),
  }),
  z.strictObject({
    op: z.literal('randomResizedCrop'),
    size,
    scale: range(areaShare).default([0.08, 1]),
    ratio: range(positive()).default([3 / 4, 4 / 3]),
    interpolation,
  }),
  z.strictObject({ op: z.literal('randomHorizontalFlip'), probability: probability.default(0.5) }),
  z.strictObject({
    op: z.literal('colorJitter'),
    brightness: atLeastZero().default(0),
    contrast: atLeastZero().default(0),
    saturation: atLeastZero().default(0),
    hue: upTo(0.5).default(0),
    probability: probability.default(1),
  }),
  z.strictObject({ op: z.literal('randomGrayscale'), probability: probability.default(0.1) }),
  z.strictObject({
    op: z.literal('gaussianBlur'),
    sigma: range(upTo(MAX_SIGMA)),
    probability: probability.default(1),
  }),
  z.strictObject({
    op: z.literal('normalize'),
    mean: rgb(z.number(expected('a number'))),
    std: rgb(positive()),
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
