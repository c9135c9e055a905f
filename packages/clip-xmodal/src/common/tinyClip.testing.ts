import { Clip, ClipImageTower, ClipTextTower, HashedWordTokenizer } from '@hash/backbones';
import type { Rng } from '@hash/core';

/** Two towers for the images of `fakeDataset`, and its captions. */
export function tinyClip(rng: Rng): Clip {
  const half = [0.5, 0.5, 0.5] as const;
  const preprocessing = { size: 8, interpolation: 'bicubic', mean: half, std: half } as const;
  const sizes = { width: 8, depth: 1, heads: 2, features: 8 };
  return new Clip(
    new ClipImageTower({ name: 'tiny', preprocessing, patch: 4, rng: rng.fork('image'), ...sizes }),
    new ClipTextTower({
      tokenizer: new HashedWordTokenizer(64),
      context: 12,
      rng: rng.fork('text'),
      ...sizes,
    }),
  );
}
