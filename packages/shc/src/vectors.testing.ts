import { readFileSync } from 'node:fs';
import type { CenterVariant } from './centerUpdates.js';
import type { HashCenters } from './hashCenters.js';
import type { SimilarityVariant } from './semanticSimilarity.js';
import type { Similarity } from './similarity.js';

type Matrix = number[][];

interface PlacedCase {
  readonly name: string;
  readonly similarity: Matrix;
  readonly start: readonly string[];
  readonly bits: number;
  readonly minDistance: number;
  readonly cycles: number;
  readonly variant: CenterVariant;
  readonly losses: readonly number[];
  readonly centers: readonly string[];
  /** Of the first cycle. */
  readonly trace?: {
    readonly proxies: Matrix;
    readonly slacks: Matrix;
    readonly multipliers: Matrix;
    readonly updates: readonly {
      readonly class: number;
      readonly gradient: number[];
      readonly push: number[];
      readonly changed: boolean;
    }[];
  };
}

type BoxState = Readonly<Record<'x' | 'z1' | 'z2' | 'z3' | 'y1' | 'y2' | 'y3', number[]>>;

interface BoxCase {
  readonly word: number[];
  readonly others: Matrix;
  readonly minDistance: number;
  readonly rho: number;
  readonly y1: number[];
  readonly y2: number[];
  readonly y3: number[];
  readonly steps: readonly (BoxState & { readonly inRange: boolean })[];
}

interface Vectors {
  readonly bound: readonly { readonly bits: number; readonly classes: number; readonly distance: number }[];
  readonly similarity: { readonly logits: Matrix; readonly labels: number[] } & Readonly<
    Record<SimilarityVariant, Matrix>
  >;
  readonly classification: {
    readonly logits: Matrix;
    readonly labels: number[];
    readonly loss: number;
    readonly gradient: Matrix;
    readonly double: number;
    readonly floors: Readonly<Record<string, number>>;
  };
  readonly placed: readonly PlacedCase[];
  readonly descent: Pick<PlacedCase, 'similarity' | 'start' | 'minDistance' | 'centers'> & {
    readonly loss: number;
  };
  readonly lpBox: readonly BoxCase[];
  readonly loss: {
    readonly outputs: Matrix;
    readonly labels: number[];
    readonly centers: Matrix;
    readonly center: number;
    readonly quantisation: number;
    readonly centerGradient: Matrix;
    readonly quantisationGradient: Matrix;
    readonly crossEntropy: number;
  };
}

/** Float64 values that NumPy computed from the equations: `tools/oracles/shc.py`. */
export const vectors = JSON.parse(
  readFileSync(new URL('../fixtures/shc.json', import.meta.url), 'utf8'),
) as Vectors;

/** Centres from words of 0 and 1. */
export function centersOf(words: readonly string[]): HashCenters {
  const data = Int8Array.from(words.join(''), (bit) => (bit === '1' ? 1 : -1));
  return { classes: words.length, bits: words[0]!.length, data };
}

/** And back. */
export function wordsOf({ classes, bits, data }: HashCenters): string[] {
  const all = Array.from(data, (value) => (value > 0 ? '1' : '0')).join('');
  return Array.from({ length: classes }, (_, i) => all.slice(i * bits, (i + 1) * bits));
}

export function similarityOf(matrix: Matrix): Similarity {
  return { classes: matrix.length, data: Float64Array.from(matrix.flat()) };
}

/** 0.8 within groups of five classes, -0.2 between them. */
export function groupedSimilarity(classes: number): Similarity {
  const group = (i: number) => Math.floor(i / 5);
  const data = Float64Array.from({ length: classes * classes }, (_, at) => {
    const [i, j] = [Math.floor(at / classes), at % classes];
    if (i === j) return 1;
    return group(i) === group(j) ? 0.8 : -0.2;
  });
  return { classes, data };
}
