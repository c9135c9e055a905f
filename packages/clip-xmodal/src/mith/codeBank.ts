import { detached, initializers, tf, type Module, type Rng } from '@hash/core';

/** The kinds of relaxed codes that an item has. */
export const CODE_KINDS = ['imageGlobal', 'textGlobal', 'imageLocal', 'textLocal'] as const;
export type CodeKind = (typeof CODE_KINDS)[number];

export interface CodeBankOptions {
  /** Number of training pairs. */
  readonly items: number;
  readonly bits: number;
  readonly rng: Rng;
}

/** The last relaxed codes of all training pairs, a table for each kind; normal noise until a pair has been seen. */
export class CodeBank implements Module {
  /** Each [items, bits]; state, which no optimiser changes. */
  readonly parameters: Readonly<Record<CodeKind, tf.Variable<tf.Rank.R2>>>;

  constructor({ items, bits, rng }: CodeBankOptions) {
    const table = (kind: CodeKind) =>
      tf.tidy(() => tf.variable(initializers.normal(1)([items, bits], rng.fork(kind)), false));
    this.parameters = Object.fromEntries(CODE_KINDS.map((kind) => [kind, table(kind)])) as Readonly<
      Record<CodeKind, tf.Variable<tf.Rank.R2>>
    >;
  }

  /**
   * Puts the codes of a batch in the places of its pairs, as values through which no gradient flows.
   *
   * @param indices  of the pairs, each once, [n]
   * @param codes    each [n, bits]
   */
  update(indices: Uint32Array, codes: Readonly<Record<CodeKind, tf.Tensor2D>>): void {
    tf.tidy(() => {
      const rows = tf.tensor2d(Int32Array.from(indices), [indices.length, 1], 'int32');
      for (const kind of CODE_KINDS) {
        const table = this.parameters[kind];
        table.assign(detached(() => tf.tensorScatterUpdate(table, rows, codes[kind])));
      }
    });
  }
}
