import { readFileSync } from 'node:fs';

type Matrix = number[][];
type Pair = Readonly<Record<'positive' | 'negative', number>>;
type Pairings = Readonly<Record<'IT' | 'II' | 'TT', Pair>>;

interface Vectors {
  readonly K: number;
  readonly logits_image: Matrix;
  readonly logits_text: Matrix;
  readonly labels: Matrix;
  readonly expected: {
    readonly label_sim: Matrix;
    readonly pairs_image: Matrix;
    readonly pairs_text: Matrix;
    readonly codes_image: Matrix;
    readonly codes_text: Matrix;
    readonly refactor_l2_euclidean: Pairings;
    readonly quan_image: number;
    readonly quan_text: number;
    readonly total_refactor: number;
    readonly 'grad_total_wrt_logits_image(through pair softmax)': Matrix;
    readonly 'grad_total_wrt_logits_text(through pair softmax)': Matrix;
    readonly 'original_DCHMT_l2_vartheta0.5_noquan': Pairings & { readonly total: number };
    readonly 'original_DCHMT_l1_vartheta0.5': Pairings;
    readonly 'refactor_cosine_bce_threshold0.1(value is used as BOTH positive and negative)': Readonly<
      Record<'IT' | 'II' | 'TT', number>
    >;
    readonly 'original_cosine_l2_threshold0.1': Pairings;
  };
  readonly tie_rule: { readonly pair: number[]; readonly code: number };
  readonly hash_head_refactor: Readonly<Record<string, Matrix | number[] | number>> & {
    readonly expected: Readonly<Record<string, Matrix | number[]>>;
  };
  readonly hash_head_original: Readonly<Record<string, Matrix | number[]>> & {
    readonly 'hash_list.weight(K,2,E)': number[][][];
    readonly 'expected_pairs(B,K,2)': number[][][];
  };
}

/** Float64 values of the equations, compared with both of the authors' programs. */
export const dcmhtVectors = JSON.parse(
  readFileSync(new URL('../../fixtures/dcmht.json', import.meta.url), 'utf8'),
) as Vectors;
