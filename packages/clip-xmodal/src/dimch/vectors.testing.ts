import { readFileSync } from 'node:fs';

type Matrix = number[][];
type Cube = number[][][];

interface Vectors {
  readonly 'image_tokens(B,M,K)': Cube;
  readonly 'text_tokens(B,M,K)': Cube;
  readonly labels: Matrix;
  readonly smooth_chamfer: { readonly temperature: number };
  readonly expected: Readonly<
    Record<'smooth_chamfer_similarity_i2t' | 'ndcg_weight' | 'img_hash' | 'txt_hash', Matrix> &
      Record<
        `${'tokens' | 'hash'}_${'i2t' | 't2i'}` | 'mmd' | 'div' | 'quan_i' | 'quan_t' | 'total',
        number
      > &
      Record<'div_if_computed_per_instance(intended?)', number> &
      Record<`grad_total_wrt_${'image' | 'text'}_tokens`, Cube>
  >;
  readonly token_conv1d: Readonly<
    Record<'x(N,T,D)' | 'weight(M,T,3)' | 'expected_before_relu(N,M,D)', Cube>
  > & {
    readonly bias: number[];
  };
}

/** Float64 values of the equations, compared with the authors' program. */
export const dimchVectors = JSON.parse(
  readFileSync(new URL('../../fixtures/dimch.json', import.meta.url), 'utf8'),
) as Vectors;
