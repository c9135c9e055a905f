import type { Size } from './crop.js';

/** An image's size when its shorter side is scaled to `size` pixels; the longer one is rounded down. */
export function resizedSize({ width, height }: Size, size: number): Size {
  const scaled = (side: number, other: number) => (side <= other ? size : Math.trunc((size * side) / other));
  return { width: scaled(width, height), height: scaled(height, width) };
}
