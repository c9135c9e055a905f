import { join } from 'node:path';
import type { Interpolation } from '@hash/core';

/** What a pack has of each image: all of it, or what the op `resize` makes of it. */
export interface PackKind {
  /** Pixels of the shorter side; null for images as they are. */
  readonly size: number | null;
  readonly interpolation: Interpolation;
  readonly orientation: 'upright' | 'stored';
}

/** The images of a data set in a pack, as data that worker threads share. */
export interface Pack {
  readonly kind: PackKind;
  /** The file of pixels. */
  readonly path: string;
  /** By the position of an image: where its pixels begin, -1 if they are not there. */
  readonly offsets: Float64Array<SharedArrayBuffer>;
  /** By position: width, height and CRC-32, [images, 3]. */
  readonly shapes: Uint32Array<SharedArrayBuffer>;
}

/** Where the packs of the images in a folder lie, by their kinds. */
export function packFolder(folder: string, { size, interpolation, orientation }: PackKind): string {
  const kind = size === null ? 'original' : `${size}-${interpolation}`;
  return join(folder, '.packed', orientation === 'stored' ? `${kind}-stored` : kind);
}

/** In the folder of a pack. */
export const PIXELS = 'pixels.bin';
export const INDEX = 'index.jsonl';

/** For messages: `256 pixels, bilinear`. */
export function describeKind({ size, interpolation }: PackKind): string {
  return size === null ? 'original size' : `${size} pixels, ${interpolation}`;
}
