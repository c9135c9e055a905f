import {
  detached,
  INFERENCE,
  tf,
  tokenizeTexts,
  trimPadding,
  type Backbone,
  type Batch,
  type Module,
  type Samples,
  type TextBackbone,
  type TwoTowerBackbone,
} from '@hash/core';
import type { DjsrhConfig } from './config.js';
import { requireSentences } from './requireSentences.js';
import { WordSets } from './wordSets.js';

/** Makes vectors of texts: what the text network takes, and what their similarity is measured by. */
export interface TextReader extends Module {
  /** Numbers in a vector. */
  readonly width: number;
  /** @throws Error  where the samples have no texts that it can read */
  check(samples: Samples): void;
  /** Learns from training texts what it needs of them, if anything, before the first are read. */
  measure?(samples: Samples, signal?: AbortSignal): Promise<void>;
  /** @returns [n, width] */
  read(batch: Batch): tf.Tensor2D;
}

/** @throws Error  where texts are to be read by a backbone that reads none, or not so many tokens */
export function textReader({ text, textWidth, tokens }: DjsrhConfig, backbone: Backbone): TextReader {
  switch (text) {
    case 'vectors':
      return givenVectors(textWidth);
    case 'words':
      return new WordSets(textWidth);
    case 'backbone':
      return towerFeatures(requireTextTower(backbone, tokens), tokens);
  }
}

function givenVectors(width: number): TextReader {
  return {
    parameters: {},
    width,
    check({ modalities, vectorWidths }) {
      const found = vectorWidths?.text;
      if (found === width) return;
      const have = found === undefined ? sentencesOrNone(modalities) : `vectors of ${found}`;
      const advice =
        found === undefined
          ? "Sentences are read by text 'words' or 'backbone'."
          : `Set textWidth to ${found}.`;
      throw new Error(
        `DJSRH: expected texts as vectors of ${width} numbers (textWidth), but the data have ${have}. ${advice}`,
      );
    },
    read({ textVectors }) {
      const { data, shape } = textVectors!;
      return tf.tensor2d(data, [...shape]);
    },
  };
}

function towerFeatures(tower: TextBackbone, length: number): TextReader {
  return {
    parameters: {},
    width: tower.width,
    check: requireSentences,
    read({ texts }) {
      const tokens = trimPadding(tokenizeTexts(texts!, tower.tokenizer, length));
      return detached(() => tower.features(tokens, INFERENCE).pooled);
    },
  };
}

function sentencesOrNone(modalities: Samples['modalities']): string {
  return modalities.includes('text') ? 'sentences' : 'none';
}

function requireTextTower(backbone: Backbone, tokens: number): TextBackbone {
  if (!hasText(backbone)) {
    throw new Error(
      `DJSRH: expected a backbone that reads texts, as those of CLIP do, for text 'backbone', but got ${backbone.name}.`,
    );
  }
  const { context } = backbone.text;
  if (tokens <= context) return backbone.text;
  throw new Error(
    `DJSRH: expected tokens to be at most ${context}, which ${backbone.name} reads, but got ${tokens}.`,
  );
}

function hasText(backbone: Backbone): backbone is TwoTowerBackbone {
  return 'text' in backbone;
}
