import type { ForwardPass, Module } from '../nn/module.js';
import type { tf } from '../tf.js';

/** Turns texts into numbers of a vocabulary. It travels with the network that was trained on its numbers. */
export interface Tokenizer {
  /** Of the vocabulary: numbers are from 0 to `size - 1`. */
  readonly size: number;
  /** Stands before each text. */
  readonly start: number;
  /** Stands behind each text. */
  readonly end: number;
  /** The text without start and end, of any length. */
  encode(text: string): readonly number[];
}

/** Texts as rows of numbers, filled up with 0 on the right. `tokenizeTexts` makes them. */
export interface TokenBatch {
  /** [n, length] */
  readonly ids: Int32Array;
  readonly shape: readonly [count: number, length: number];
  /** Numbers in each row up to its end token, start and end included, [n]. Whatever follows is padding. */
  readonly lengths: Uint32Array;
}

/** A network that reads texts. */
export interface TextBackbone extends Module {
  readonly tokenizer: Tokenizer;
  /** The most tokens that it reads of a text, start and end included. */
  readonly context: number;
  /** Features per text, and per token. */
  readonly width: number;
  features(tokens: TokenBatch, pass: ForwardPass, options?: TextOptions): TextFeatures;
}

export interface TextOptions {
  /** Hides padding from every place. Where none looks ahead, this changes the features of padding alone. */
  readonly maskPadding?: boolean;
}

export interface TextFeatures {
  /** One vector for each text, [n, width]. */
  readonly pooled: tf.Tensor2D;
  /** One vector for each token, start, end and padding included, [n, length, width]. */
  readonly tokens: tf.Tensor3D;
}
