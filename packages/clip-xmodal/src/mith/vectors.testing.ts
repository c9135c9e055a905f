import { readFileSync } from 'node:fs';
import { tf } from '@hash/core';

type Matrix = number[][];
type Cube = number[][][];
type Modality = 'img' | 'txt';
type Hash = `${Modality}_${'cls' | 'tokens'}_hash`;
type Likelihood = `tokens_intra_${'i' | 't'}` | 'cls_inter_i2t' | 'cls_inter_t2i';

interface Vectors extends Readonly<Record<Hash, Matrix>> {
  readonly batch_index_into_train: number[];
  readonly train_labels: Matrix;
  readonly batch_labels: Matrix;
  readonly 'label_sim(train x batch)': Matrix;
  readonly buffers_before: Readonly<Record<`${Modality}_${'cls' | 'tokens'}`, Matrix>>;
  readonly 'res_img_cls(unit)': Matrix;
  readonly 'res_txt_cls(unit)': Matrix;
  readonly 'trans_tokens_i(K,N,D unit)': Cube;
  readonly 'trans_tokens_t(K,N,D unit)': Cube;
  readonly expected: Readonly<
    Record<`grad_total_wrt_${Hash}`, Matrix> &
      Record<
        Likelihood | 'quan_i' | 'quan_t' | 'infonce_cls' | 'infonce_tokens' | 'distill' | 'total',
        number
      >
  > & {
    readonly B_code: Matrix;
    readonly weighted: Readonly<
      Record<'tokens_intra' | 'cls_inter' | 'quan' | 'infonce' | 'distill', number>
    >;
    readonly eval_code_img: Matrix;
    readonly eval_code_txt: Matrix;
  };
  readonly aliased_buffer_bug_of_refactor_on_gpu: Readonly<Record<Likelihood, number>>;
  readonly lta: {
    readonly 'x(L,N,D)': Cube;
    readonly 'concept_sim(L,N,K)': Cube;
    readonly 'key_padding_mask(N,L)': Matrix;
    readonly top_k: number;
    readonly expected: Readonly<
      Record<'merged(K,N,D)' | 'pseudo_label(L,N,K)' | 'token_weights(L,N,K)', Cube>
    >;
    readonly expected_without_mask: Readonly<Record<'merged(K,N,D)' | 'pseudo_label(L,N,K)', Cube>>;
  };
  readonly positional_encoding: { readonly d_model: number; readonly len: number; readonly expected: Matrix };
  readonly res_mlp_one_layer: Readonly<
    Record<'x' | 'fc1.weight' | 'fc2.weight' | 'expected', Matrix> &
      Record<'ln.weight' | 'ln.bias' | 'fc1.bias' | 'fc2.bias', number[]>
  >;
  readonly bitwise_hashing: {
    readonly 'x(K,N,D)': Cube;
    readonly 'w(K,D)': Matrix;
    readonly 'b(K)': number[];
    readonly 'expected(N,K)': Matrix;
  };
}

/** Float64 values of the equations, compared with the authors' program. */
export const mithVectors = JSON.parse(
  readFileSync(new URL('../../fixtures/mith.json', import.meta.url), 'utf8'),
) as Vectors;

/** The fixture has items on the second axis, where the authors have them; here they are on the first. */
export function itemsFirst(values: Cube): tf.Tensor3D {
  return tf.transpose(tf.tensor3d(values), [1, 0, 2]);
}
