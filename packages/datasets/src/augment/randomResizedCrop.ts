import type { Range, Rng } from '@hash/core';
import type { Box, Size } from './crop.js';
import { roundHalfToEven } from './roundHalfToEven.js';

const ATTEMPTS = 10;

/**
 * Draws a box whose share of the area is uniform in `scale` and whose width / height is log-uniform in `ratio`. Should
 * none of ten fit into the image: the largest in its middle whose aspect ratio is within bounds, whatever its area.
 */
export function drawResizedCrop({ width, height }: Size, scale: Range, ratio: Range, rng: Rng): Box {
  for (let attempt = 0; attempt < ATTEMPTS; attempt++) {
    const area = width * height * rng.uniform(...scale);
    const aspect = Math.exp(rng.uniform(Math.log(ratio[0]), Math.log(ratio[1])));
    const boxWidth = roundHalfToEven(Math.sqrt(area * aspect));
    const boxHeight = roundHalfToEven(Math.sqrt(area / aspect));
    if (boxWidth > 0 && boxWidth <= width && boxHeight > 0 && boxHeight <= height) {
      const top = rng.int(height - boxHeight + 1);
      const left = rng.int(width - boxWidth + 1);
      return { left, top, width: boxWidth, height: boxHeight };
    }
  }
  return largestInTheMiddle(width, height, ratio);
}

/** The whole image, cut on two sides if it is wider or higher than `ratio` allows. */
export function largestInTheMiddle(width: number, height: number, ratio: Range): Box {
  const boxWidth = width / height > ratio[1] ? roundHalfToEven(height * ratio[1]) : width;
  const boxHeight = width / height < ratio[0] ? roundHalfToEven(width / ratio[0]) : height;
  return {
    left: Math.floor((width - boxWidth) / 2),
    top: Math.floor((height - boxHeight) / 2),
    width: boxWidth,
    height: boxHeight,
  };
}
