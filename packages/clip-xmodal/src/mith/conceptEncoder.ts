import { ResidualAttentionBlock } from '@hash/backbones';
import { initializers, l2Normalize, Linear, tf, type Module, type ParameterTree, type Rng } from '@hash/core';
import { conceptPositions } from './conceptPositions.js';

export interface ConceptEncoderOptions {
  /** Of the towers' features. */
  readonly width: number;
  /** As many as bits. */
  readonly concepts: number;
  /** Of the transformer. */
  readonly blocks: number;
  /** Of attention; divides the width. */
  readonly heads: number;
  readonly rng: Rng;
}

export interface EncodedConcepts {
  /** Relaxed codes, one bit of each concept, [n, concepts] */
  readonly hashes: tf.Tensor2D;
  /** Of length 1, to be compared with those of the other modality, [n, concepts, width] */
  readonly vectors: tf.Tensor3D;
}

/** Lets an item's concepts look at one another, and makes a bit of each. */
export class ConceptEncoder implements Module {
  readonly parameters: ParameterTree;
  readonly #positions: Float32Array;
  readonly #blocks: readonly ResidualAttentionBlock[];
  /** [concepts, width]: a linear layer of one output for each concept */
  readonly #kernel: tf.Variable;
  /** [concepts] */
  readonly #bias: tf.Variable;
  readonly #projection: Linear;

  constructor({ width, concepts, blocks, heads, rng }: ConceptEncoderOptions) {
    this.#positions = conceptPositions(concepts, width);
    this.#blocks = Array.from(
      { length: blocks },
      (_, i) => new ResidualAttentionBlock({ width, heads, rng: rng.fork('block', i) }),
    );
    const initial = initializers.torchDefaultBias(width);
    const variable = (name: string, shape: number[]) =>
      tf.tidy(() => tf.variable(initial(shape, rng.fork(name))));
    this.#kernel = variable('kernel', [concepts, width]);
    this.#bias = variable('bias', [concepts]);
    this.#projection = new Linear({ inputs: width, outputs: width, rng: rng.fork('projection') });
    this.parameters = {
      blocks: Object.fromEntries(this.#blocks.map(({ parameters }, i) => [i, parameters])),
      bits: { kernel: this.#kernel, bias: this.#bias },
      projection: this.#projection.parameters,
    };
  }

  /** @param concepts  what an item's tokens say of each concept, [n, concepts, width] */
  apply(concepts: tf.Tensor3D): EncodedConcepts {
    const placed = tf.add<tf.Tensor3D>(
      concepts,
      tf.tensor2d(this.#positions, concepts.shape.slice(1) as [number, number]),
    );
    const mixed = this.#blocks.reduce((x, block) => block.apply(x), placed); // [n, concepts, width]
    return { hashes: this.hashes(mixed), vectors: l2Normalize(this.#projection.apply(mixed)) };
  }

  /** @param mixed  [n, concepts, width] */
  hashes(mixed: tf.Tensor3D): tf.Tensor2D {
    return tf.tanh(tf.add(tf.sum(tf.mul(mixed, this.#kernel), 2), this.#bias)); // [n, concepts]
  }
}
