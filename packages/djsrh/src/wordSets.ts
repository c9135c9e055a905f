import { HashedWordTokenizer } from '@hash/backbones';
import { tf, type Batch, type ParameterTree, type Samples } from '@hash/core';
import { requireSentences } from './requireSentences.js';
import type { TextReader } from './textReader.js';

/**
 * Texts as sets of words: at the hash of each word that occurs, its weight. What is in every text says nothing, so a
 * word that n of N training texts have weighs ln(N / n), and one that none has weighs nothing; before they are counted
 * all weigh 1.
 */
export class WordSets implements TextReader {
  readonly width: number;
  readonly parameters: ParameterTree;
  readonly check = requireSentences;
  readonly #tokenizer: HashedWordTokenizer;
  /** [width] */
  readonly #weights: tf.Variable<tf.Rank.R1>;

  /** @param width  numbers that words have; those that share one are not told apart */
  constructor(width: number) {
    this.width = width;
    this.#tokenizer = new HashedWordTokenizer(width);
    this.#weights = tf.tidy(() => tf.variable(tf.ones<tf.Rank.R1>([width]), false));
    this.parameters = { weights: this.#weights };
  }

  /** Counts words, of several captions of an item in the first alone. */
  async measure(samples: Samples, signal?: AbortSignal): Promise<void> {
    const counts = new Float32Array(this.width);
    for await (const { texts } of samples.batches({ batchSize: 256, views: [], signal })) {
      for (const words of this.#sets(texts!)) words.forEach((word) => (counts[word]! += 1));
    }
    const weights = counts.map((count) => (count === 0 ? 0 : Math.log(samples.length / count)));
    tf.tidy(() => this.#weights.assign(tf.tensor1d(weights)));
  }

  read({ texts }: Batch): tf.Tensor2D {
    const data = new Float32Array(texts!.length * this.width);
    this.#sets(texts!).forEach((words, i) => words.forEach((word) => (data[i * this.width + word] = 1)));
    return tf.tidy(() => tf.mul(tf.tensor2d(data, [texts!.length, this.width]), this.#weights));
  }

  #sets(texts: readonly string[]): Set<number>[] {
    return texts.map((text) => new Set(this.#tokenizer.encode(text)));
  }
}
