import type { Preprocessing, Tokenizer } from '@hash/core';
import { Rng } from '@hash/core';
import { Clip } from './clip.js';
import { ClipImageTower, type ClipImageTowerOptions } from './clipImageTower.js';
import { ClipTextTower, type ClipTextTowerOptions } from './clipTextTower.js';

/** A vocabulary of a size, for tests that bring their own numbers. */
export function numbersOnly(size: number): Tokenizer {
  return { size, start: size - 2, end: size - 1, encode: () => [] };
}

export interface TinyClipOptions {
  readonly image: Omit<ClipImageTowerOptions, 'name' | 'preprocessing' | 'features' | 'rng'> & {
    readonly size: number;
  };
  readonly text: Omit<ClipTextTowerOptions, 'features' | 'rng'>;
  readonly features: number;
}

export function tinyClip(
  { image: { size, ...image }, text, features }: TinyClipOptions,
  rng = new Rng(1),
): Clip {
  const half = [0.5, 0.5, 0.5] as const;
  const preprocessing: Preprocessing = { size, interpolation: 'bicubic', mean: half, std: half };
  return new Clip(
    new ClipImageTower({ name: 'tiny', preprocessing, features, rng: rng.fork('image'), ...image }),
    new ClipTextTower({ features, rng: rng.fork('text'), ...text }),
  );
}
