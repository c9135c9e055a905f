import pngCodec from '@jimp/js-png';
import type { CodeStatistics } from '@hash/core';
import { LIGHT } from './palette.js';

const png = pngCodec();

/**
 * The correlations of all pairs of bits as an image of a pixel each: blue where two bits go together, orange where they
 * are opposites, the more solid the stronger, so that it suits light and dark ground.
 */
export function correlationImage({ correlations, means }: CodeStatistics): Buffer {
  const bits = means.length;
  const data = Buffer.alloc(4 * bits * bits);
  const [together, opposite] = [rgb(LIGHT['--series-1']), rgb(LIGHT['--series-2'])];
  for (let i = 0; i < bits * bits; i++) {
    const correlation = correlations[i]!;
    data.set(correlation >= 0 ? together : opposite, 4 * i);
    data[4 * i + 3] = Math.round(255 * Math.min(1, Math.abs(correlation)));
  }
  return png.encode({ width: bits, height: bits, data });
}

/** @param hex  `#1f6fc2` */
function rgb(hex: string): number[] {
  return [1, 3, 5].map((at) => Number.parseInt(hex.slice(at, at + 2), 16));
}
