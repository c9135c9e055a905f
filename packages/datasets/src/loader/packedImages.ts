import type { ImageSource } from './imageSource.js';

/** Square images one behind the other in memory that worker threads share. */
export interface PackedImages {
  readonly kind: 'packed';
  /** [count, size, size, 3] */
  readonly pixels: SharedArrayBuffer;
  readonly size: number;
}

export function openPackedImages({ pixels, size }: PackedImages): ImageSource {
  const data = new Uint8Array(pixels);
  const length = size * size * 3;
  return {
    read(position) {
      return { width: size, height: size, data: data.subarray(position * length, (position + 1) * length) };
    },
  };
}
