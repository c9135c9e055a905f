import { popcount } from '../codes/popcount.js';
import { Rng } from '../random/rng.js';
import type { CodeMemory } from './codeMemory.js';
import { bitsAt, tableBytes, type TableRun } from './hashTables.js';
import { codeWords, wordsPerCode } from './plainDistance.js';

/** Bits beyond which the starts of a table's values would take more memory than its codes. */
const MOST_TABLE_BITS = 24;

/** Codes of fewer bits are scanned: there are about as many of them as of their values. */
export const FEWEST_BITS = 17;

/** Codes that stand for all, and how many of them are compared with each. */
const SAMPLE = 2048;
const COMPARED = 128;

/** Runs of bits to make tables over, as yet without measurements. */
export type PlannedRun = Pick<TableRun, 'firstBit' | 'bits'>;

/**
 * Lays out tables for `count` codes: about bits / log2(count) of them, so that a value has about one code, as multi-index
 * hashing asks for, but fewer where memory holds no more. Searches stay exact where runs leave bits out.
 *
 * @param bytes  what all tables together may take
 * @returns disjoint runs; none where memory holds no table, or codes are short
 */
export function layOutTables(bits: number, count: number, bytes: number): PlannedRun[] {
  if (bits < FEWEST_BITS) return [];
  const wanted = Math.max(1, Math.round(bits / Math.log2(Math.max(256, count))));
  for (let number = wanted; number > 0; number--) {
    const runs = Array.from({ length: number }, (_, i) => {
      const firstBit = Math.floor((i * bits) / number);
      const end = Math.floor(((i + 1) * bits) / number);
      return { firstBit, bits: Math.min(MOST_TABLE_BITS, end - firstBit) };
    });
    if (runs.reduce((sum, run) => sum + tableBytes(run.bits, count), 0) <= bytes) return runs;
  }
  return [];
}

/** Compares some of the first `count` codes of a memory with each other. */
export function measureRun(memory: CodeMemory, count: number, { firstBit, bits }: PlannedRun): TableRun {
  const { buffer, codes, stride } = memory;
  const words = codeWords(buffer, codes, count * stride, stride);
  const sample = samplePositions(count);
  const values = sample.map((at) => bitsAt(words, at * wordsPerCode(stride), firstBit, bits));
  const pairs = new Float64Array(bits + 1);
  for (let i = 0; i < Math.min(COMPARED, sample.length); i++) {
    for (let other = 0; other < sample.length; other++)
      if (sample[i] !== sample[other]) pairs[popcount(values[i]! ^ values[other]!)]! += 1;
  }
  const all = pairs.reduce((a, b) => a + b);
  return { firstBit, bits, near: pairs.map((number) => (number * count) / Math.max(1, all)) };
}

/** All positions where they are few. At random otherwise: even steps would fall in with a period of the codes. */
function samplePositions(count: number): Uint32Array {
  if (count <= SAMPLE) return Uint32Array.from({ length: count }, (_, i) => i);
  const rng = new Rng('sample of codes');
  return Uint32Array.from({ length: SAMPLE }, () => rng.int(count));
}
