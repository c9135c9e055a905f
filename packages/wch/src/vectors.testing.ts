import { readFileSync } from 'node:fs';

type Matrix = number[][];
type Tokens = number[][][];

interface Head {
  readonly ln_gamma: number[];
  readonly ln_beta: number[];
  readonly fc_kernel: Matrix;
  readonly fc_bias: number[];
  readonly b_kernel: Matrix;
  readonly b_bias: number[];
}

interface HeadStages {
  readonly pooled: Matrix;
  readonly b_logit: Matrix;
  readonly tanh: Matrix;
  readonly h: Matrix;
}

interface NetworkCase {
  readonly name: string;
  readonly input: { readonly x1: Tokens; readonly x2: Tokens };
  readonly mutual_attention: { readonly y1: Tokens; readonly y2: Tokens };
  readonly patch_similarity_G: Matrix;
  readonly weights_W: Matrix;
}

interface HeadCase extends NetworkCase {
  readonly input: NetworkCase['input'] & { readonly head: Head };
  readonly head_view1: HeadStages;
  readonly head_view2: HeadStages;
  readonly loss: {
    readonly ce: number;
    readonly balance: number;
    readonly magnitude: number;
    readonly total: number;
  };
  readonly grad_detachW_false: { readonly dx1: Tokens; readonly dx2: Tokens };
  readonly grad_detachW_true: { readonly dx1: Tokens; readonly dx2: Tokens };
}

interface LossCase {
  readonly name: string;
  readonly input: { readonly h1: Matrix; readonly h2: Matrix; readonly W: Matrix; readonly T_hash: number };
  readonly output: { readonly ce: number; readonly balance: number; readonly magnitude: number };
  readonly grad: { readonly dh1: Matrix; readonly dh2: Matrix; readonly dW: Matrix };
}

interface Vectors {
  readonly cases: readonly [NetworkCase, HeadCase];
  readonly loss_cases: readonly LossCase[];
  readonly kaiming: Readonly<Record<'fc_768_1024' | 'b_1024_16' | 'b_1024_32' | 'b_1024_64', number>>;
  readonly cosine_lr: { readonly base: number; readonly lr: Readonly<Record<string, number>> };
}

/** Float64 values that NumPy computed from the equations: `tools/oracles/wch.py`. */
export const vectors = JSON.parse(
  readFileSync(new URL('../fixtures/wch.json', import.meta.url), 'utf8'),
) as Vectors;
