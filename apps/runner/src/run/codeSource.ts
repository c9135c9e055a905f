import { stat } from 'node:fs/promises';
import { availableParallelism } from 'node:os';
import { extname, resolve } from 'node:path';
import { HammingIndex, type BinaryCodes, type HammingIndexOptions, type Modality } from '@hash/core';
import { ARRAY_EXTENSIONS } from '@hash/core/files';
import type { Part } from './codeFiles.js';
import { codesOf, detectCoding, type Coding, type CodingHints } from './coding.js';
import { readMatrix, splitArrayPath, type Matrix } from './matrixFile.js';
import { readRunCodes } from './runCodes.js';
import { sniffIndex, type IndexFormat } from './sniffIndex.js';

/** Where codes are: a run folder, the file of an index, ours or faiss's, or a file of arrays. */
export interface CodeSource {
  /** Relative to where the program runs. */
  readonly path: string;
  /** Of a run: whose codes. */
  readonly part: Part;
  /** Of a run that has codes of several lengths. */
  readonly bits?: number;
  /** Of a run whose items have several. */
  readonly modality?: Modality;
}

/** What lies there. Codes in a file of arrays are read once it is known what they are compared with. */
export type FoundCodes =
  | { readonly kind: 'run'; readonly codes: BinaryCodes }
  | { readonly kind: IndexFormat; readonly codes: HammingIndex }
  | { readonly kind: 'array'; readonly matrix: Matrix };

/** @param options  of an index, if it is one; by default it has a thread for each core */
export async function findCodes(
  source: CodeSource,
  cwd: string,
  { threads = coreThreads(), ...options }: HammingIndexOptions,
): Promise<FoundCodes> {
  const path = resolve(cwd, source.path);
  const kind = await kindOf(path);
  if (kind === 'run') return { kind, codes: await readRunCodes(path, source) };
  if (kind === 'array') return { kind, matrix: await readMatrix(path) };
  const codes = await (kind === 'hash'
    ? HammingIndex.load(path, { ...options, threads })
    : HammingIndex.loadFaiss(path, { ...options, threads }));
  return { kind, codes };
}

export async function kindOf(path: string): Promise<FoundCodes['kind']> {
  const file = splitArrayPath(path).path;
  if ((await stat(file)).isDirectory()) return 'run';
  const index = await sniffIndex(file);
  if (index !== undefined || ARRAY_EXTENSIONS.includes(extname(file))) return index ?? 'array';
  throw new Error(
    `${file}: expected an index, which begins with "HashIdx1", a faiss IndexBinaryFlat, which begins with "IBxF", ` +
      `or arrays, named *${ARRAY_EXTENSIONS.join(', *')}.`,
  );
}

/**
 * Reads the codes out of all that was found, those in arrays alike; their length may be known from any of them.
 *
 * @returns codes in the order of what was found, and the coding of those in arrays, if there are any
 */
export function decodeAll(
  found: readonly FoundCodes[],
  { coding: wanted, bits: stated }: CodingHints,
): { readonly codes: readonly (BinaryCodes | HammingIndex)[]; readonly coding: Coding | undefined } {
  const matrices = found.flatMap((one) => (one.kind === 'array' ? [one.matrix] : []));
  const [known] = found.flatMap((one) => (one.kind === 'array' ? [] : [one.codes.bits]));
  const bits = known ?? stated;
  const coding = matrices.length === 0 ? undefined : detectCoding(matrices, { coding: wanted, bits });
  return {
    codes: found.map((one) => (one.kind === 'array' ? codesOf(one.matrix, coding!, bits) : one.codes)),
    coding,
  };
}

/** The codes as an index to search. */
export function indexOf(
  codes: BinaryCodes | HammingIndex,
  { threads = coreThreads(), ...options }: HammingIndexOptions,
): HammingIndex {
  if (codes instanceof HammingIndex) return codes;
  const index = new HammingIndex(codes.bits, { ...options, threads });
  index.add(codes);
  return index;
}

/** The codes as queries, in their order. */
export function queriesOf(codes: BinaryCodes | HammingIndex): BinaryCodes {
  return codes instanceof HammingIndex
    ? codes.codes(Array.from({ length: codes.count }, (_, id) => id))
    : codes;
}

/** An index takes no more than 32. */
function coreThreads(): number {
  return Math.min(32, availableParallelism());
}
