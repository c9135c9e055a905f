import { readFileSync } from 'node:fs';
import type { JointAffinityOptions } from './jointAffinity.js';
import type { LossTermsOptions } from './lossTerms.js';

type Matrix = number[][];

interface AffinityCase {
  readonly images: Matrix;
  readonly texts: Matrix;
  readonly affinity: Matrix;
}

interface LossCase {
  readonly name: string;
  readonly image: Matrix;
  readonly text: Matrix;
  readonly affinity: Matrix;
  readonly weights: LossTermsOptions;
  readonly terms: Readonly<Record<'imageText' | 'imageImage' | 'textText', number>>;
}

interface Vectors {
  readonly sharpness: readonly { readonly epoch: number; readonly value: number }[];
  readonly affinities: readonly (AffinityCase & {
    readonly name: string;
    readonly options: JointAffinityOptions;
  })[];
  readonly signCodes: readonly LossCase[];
  readonly relaxedCodes: readonly (LossCase & {
    readonly epoch: number;
    readonly imageGradient: Matrix;
    readonly textGradient: Matrix;
  })[];
  readonly twoSteps: {
    readonly images: Matrix;
    readonly texts: Matrix;
    readonly initial: Readonly<Record<string, Matrix | number[]>>;
    readonly steps: readonly {
      readonly terms: LossCase['terms'];
      readonly parameters: Readonly<Record<string, Matrix | number[]>>;
    }[];
  };
  readonly wikipedia: AffinityCase;
}

/** Float64 values that NumPy computed from the equations: `tools/oracles/djsrh.py`. */
export const vectors = JSON.parse(
  readFileSync(new URL('../fixtures/djsrh.json', import.meta.url), 'utf8'),
) as Vectors;
