import { readFileSync } from 'node:fs';

type Matrix = number[][];

interface Vectors {
  readonly image_hash: Matrix;
  readonly text_hash: Matrix;
  readonly 'image_pre(logits)': Matrix;
  readonly 'text_pre(logits)': Matrix;
  readonly proxies: Matrix;
  readonly labels: Matrix;
  readonly mrg: number;
  readonly noise_alpha: number;
  readonly 'noise(+-1, shared by both modalities)': Matrix;
  readonly expected: Readonly<
    Record<`grad_total_wrt_${'image_hash' | 'text_hash' | 'proxies' | 'image_pre' | 'text_pre'}`, Matrix> &
      Record<'assignment_image(row->noise row)' | 'assignment_text', number[]> &
      Record<'p_loss' | 'd_loss_image' | 'd_loss_text' | 'noise_image' | 'noise_text' | 'total', number>
  >;
  readonly assignments: readonly { readonly costs: Matrix; readonly least: number }[];
}

/** Float64 values of the equations, compared with the authors' program. */
export const dnphVectors = JSON.parse(
  readFileSync(new URL('../../fixtures/dnph.json', import.meta.url), 'utf8'),
) as Vectors;
