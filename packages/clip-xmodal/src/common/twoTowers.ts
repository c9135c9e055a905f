import type { Backbone, Samples, TwoTowerBackbone } from '@hash/core';

/** @throws Error  where the backbone reads no texts, or fewer tokens than the method wants */
export function requireTwoTowers(backbone: Backbone, method: string, tokens: number): TwoTowerBackbone {
  if (!hasText(backbone)) {
    throw new Error(
      `${method} hashes images and texts, but the backbone ${backbone.name} has no text tower. Those of CLIP have one.`,
    );
  }
  const { context } = backbone.text;
  if (tokens > context) {
    throw new Error(
      `${method}: expected tokens to be at most ${context}, which ${backbone.name} reads, but got ${tokens}.`,
    );
  }
  return backbone;
}

function hasText(backbone: Backbone): backbone is TwoTowerBackbone {
  return 'text' in backbone;
}

/** @throws Error  where the samples lack images or texts, or their texts are vectors */
export function requirePairs(samples: Samples, method: string): void {
  const { modalities } = samples;
  if (!modalities.includes('image') || !modalities.includes('text')) {
    throw new Error(`${method} needs images and texts, but the data have: ${modalities.join(', ')}.`);
  }
  requireSentences(samples, method);
}

/** @throws Error  where the samples lack texts, or these are vectors */
export function requireSentences({ modalities, vectorWidths }: Samples, method: string): void {
  if (!modalities.includes('text')) {
    throw new Error(`${method} needs texts, but the data have: ${modalities.join(', ')}.`);
  }
  const width = vectorWidths?.text;
  if (width === undefined) return;
  throw new Error(`${method} reads sentences, but the texts of the data are vectors of ${width} numbers.`);
}
