import type { Interpolation } from '@hash/core';

/** How one axis is resampled: output pixel i is the sum over t of weights[i * taps + t] * input[starts[i] + t]. */
export interface ResamplingKernel {
  /** Weights of an output pixel, an even number; those beyond the filter's reach are 0. */
  readonly taps: number;
  readonly starts: Int32Array;
  /** [outputSize, taps], fixed point with {@link WEIGHT_BITS} fractional bits. */
  readonly weights: Int32Array;
}

/** Pillow's precision: 32 bits less 8 of the pixel and 2 of head room. */
export const WEIGHT_BITS = 22;

/** Enough for every crop of a 512 x 512 image. */
const CACHED = 1024;
const cache = new Map<string, ResamplingKernel>();

/**
 * The kernel that scales `inputSize` pixels to `outputSize`, widened by the scale when it shrinks (antialiased), with
 * Pillow's rounding to fixed point.
 */
export function resamplingKernel(
  inputSize: number,
  outputSize: number,
  interpolation: Interpolation,
): ResamplingKernel {
  const key = `${inputSize} ${outputSize} ${interpolation}`;
  let kernel = cache.get(key);
  if (kernel === undefined) {
    if (cache.size === CACHED) cache.clear();
    kernel = makeKernel(inputSize, outputSize, filters[interpolation]);
    cache.set(key, kernel);
  }
  return kernel;
}

/** The kernel of `count` output pixels from `first` on. */
export function kernelSection(
  { taps, starts, weights }: ResamplingKernel,
  first: number,
  count: number,
): ResamplingKernel {
  const end = first + count;
  return { taps, starts: starts.subarray(first, end), weights: weights.subarray(first * taps, end * taps) };
}

interface Filter {
  /** Where the filter ends, in input pixels at scale 1. */
  readonly support: number;
  weight(distance: number): number;
}

const filters: Readonly<Record<Interpolation, Filter>> = {
  bilinear: { support: 1, weight: (distance) => Math.max(0, 1 - Math.abs(distance)) },
  bicubic: { support: 2, weight: (distance) => cubic(Math.abs(distance)) },
};

/** Keys' cubic convolution with a = -0.5, in the order of operations that Pillow rounds by. */
function cubic(x: number): number {
  const a = -0.5;
  if (x < 1) return ((a + 2) * x - (a + 3)) * x * x + 1;
  if (x < 2) return (((x - 5) * x + 8) * x - 4) * a;
  return 0;
}

function makeKernel(inputSize: number, outputSize: number, filter: Filter): ResamplingKernel {
  const scale = inputSize / outputSize;
  const widening = Math.max(scale, 1);
  const support = filter.support * widening;
  const reach = Array.from({ length: outputSize }, (_, i) => {
    const centre = (i + 0.5) * scale;
    const start = Math.max(Math.trunc(centre - support + 0.5), 0);
    const end = Math.min(Math.trunc(centre + support + 0.5), inputSize);
    return { centre, start, end };
  });
  const longest = Math.max(...reach.map(({ start, end }) => end - start));
  const taps = longest + (longest % 2);
  const starts = new Int32Array(outputSize);
  const weights = new Int32Array(outputSize * taps);
  reach.forEach(({ centre, start, end }, i) => {
    // A shorter reach is padded with zeros, to the left where the right would leave the image.
    const padded = Math.max(0, Math.min(start, inputSize - taps));
    starts[i] = padded;
    const shares = Array.from({ length: end - start }, (_, t) =>
      filter.weight((t + start - centre + 0.5) * (1 / widening)),
    );
    const sum = shares.reduce((total, share) => total + share, 0);
    shares.forEach((share, t) => (weights[i * taps + start - padded + t] = toFixedPoint(share / sum)));
  });
  return { taps, starts, weights };
}

/** Rounds half away from zero. */
function toFixedPoint(weight: number): number {
  return Math.trunc((weight < 0 ? -0.5 : 0.5) + weight * (1 << WEIGHT_BITS));
}
