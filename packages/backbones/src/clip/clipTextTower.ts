import {
  initializers,
  LayerNorm,
  lookup,
  tf,
  type ForwardPass,
  type ParameterTree,
  type Rng,
  type TextBackbone,
  type TextFeatures,
  type TextOptions,
  type TokenBatch,
  type Tokenizer,
} from '@hash/core';
import { attentionMask } from './attentionMask.js';
import { EPSILON } from './epsilon.js';
import { project } from './project.js';
import { torchNames } from './torchNames.js';
import { Transformer } from './transformer.js';

export interface ClipTextTowerOptions {
  readonly tokenizer: Tokenizer;
  /** The most tokens of a text. */
  readonly context: number;
  /** Features per token inside the tower. */
  readonly width: number;
  /** Number of blocks. */
  readonly depth: number;
  /** Of attention; divides the width. */
  readonly heads: number;
  /** Per text and per token, after the projection. */
  readonly features: number;
  readonly rng: Rng;
}

/**
 * CLIP's text transformer: each token sees itself and those before it, so that the end token has seen the whole text and
 * stands for it. First values are those of the published program.
 *
 * @see Radford et al., ICML 2021, arXiv:2103.00020
 */
export class ClipTextTower implements TextBackbone {
  readonly tokenizer: Tokenizer;
  readonly context: number;
  readonly width: number;
  readonly parameters: ParameterTree;
  /** [vocabulary, width] */
  readonly #embedding: tf.Variable;
  /** [context, width] */
  readonly #positions: tf.Variable;
  readonly #transformer: Transformer;
  readonly #norm: LayerNorm;
  /** [width, features] */
  readonly #projection: tf.Variable;

  /** @throws Error  where the heads do not divide the width */
  constructor({ tokenizer, context, width, depth, heads, features, rng }: ClipTextTowerOptions) {
    const variable = (name: string, shape: number[], deviation: number) =>
      tf.tidy(() => tf.variable(initializers.normal(deviation)(shape, rng.fork(name))));
    this.tokenizer = tokenizer;
    this.context = context;
    this.width = features;
    this.#embedding = variable('embedding', [tokenizer.size, width], 0.02);
    this.#positions = variable('positions', [context, width], 0.01);
    const kernels = {
      attention: initializers.normal(width ** -0.5),
      residual: initializers.normal((width * 2 * depth) ** -0.5),
      expand: initializers.normal((2 * width) ** -0.5),
    };
    this.#transformer = new Transformer({ width, depth, heads, rng, kernels });
    this.#norm = new LayerNorm({ width, epsilon: EPSILON });
    this.#projection = variable('projection', [width, features], width ** -0.5);
    this.parameters = {
      positional_embedding: this.#positions,
      text_projection: this.#projection,
      transformer: this.#transformer.parameters,
      token_embedding: { weight: this.#embedding },
      ln_final: torchNames(this.#norm),
    };
  }

  /**
   * @returns the projected end token, [n, features], and all projected tokens, [n, length, features]
   * @throws Error  for rows longer than the context, or numbers beyond the vocabulary
   */
  features(tokens: TokenBatch, _pass?: ForwardPass, { maskPadding = false }: TextOptions = {}): TextFeatures {
    const [n, length] = tokens.shape;
    if (length > this.context) {
      throw new Error(`ClipTextTower.features: expected at most ${this.context} tokens, but got ${length}.`);
    }
    return tf.tidy(() => {
      const x = this.#transformer.apply(this.#embed(tokens), attentionMask(tokens, maskPadding));
      const projected = project(this.#norm.apply(x), this.#projection as tf.Tensor2D); // [n, length, features]
      const ends = Int32Array.from(tokens.lengths, (count, i) => i * length + count - 1);
      const rows: tf.Tensor2D = tf.reshape(projected, [n * length, this.width]);
      return { pooled: lookup(rows, ends), tokens: projected };
    });
  }

  /** The tokens' vectors with their positions, [n, length, width]. */
  #embed({ ids, shape: [n, length] }: TokenBatch): tf.Tensor3D {
    const width = this.#positions.shape[1]!;
    const embedded = tf.reshape(lookup(this.#embedding as tf.Tensor2D, ids), [n, length, width]);
    return tf.add(embedded, tf.slice(this.#positions, [0, 0], [length, width]));
  }
}
