import type { PackedImage } from './packedImage.js';
import { crop } from './crop.js';
import { roundHalfToEven } from './roundHalfToEven.js';
/**
 * The square of `size` pixels in the middle; where the image is smaller, it is padded with black.
 *
 * @returns `target`, or `source` if it has this size already
 */
export function centerCrop(source: PackedImage, size: number, target: PackedImage): PackedImage {
  const left = startInTheMiddle(source.width, size);
  const top = startInTheMiddle(source.height, size);
  return crop(source, { left, top, width: size, height: size }, target);
}
/** torchvision rounds as Python does where it cuts, and down where it pads. */
function startInTheMiddle(length: number, size: number): number {
  return size > length ? -Math.floor((size - length) / 2) : roundHalfToEven((length - size) / 2);
}
