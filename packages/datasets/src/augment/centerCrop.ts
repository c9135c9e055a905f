import type { Box, Size } from './crop.js';
import { roundHalfToEven } from './roundHalfToEven.js';

/** The square of `size` pixels in the middle; it reaches beyond a smaller image. */
export function centerBox(image: Size, size: number): Box {
  return { left: start(image.width, size), top: start(image.height, size), width: size, height: size };
}

/** torchvision rounds as Python does where it cuts, and down where it pads. */
function start(length: number, size: number): number {
  return size > length ? -Math.floor((size - length) / 2) : roundHalfToEven((length - size) / 2);
}
