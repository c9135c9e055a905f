import { labelIds } from '../codes/labelIds.js';
import { wordsPerItem } from '../codes/labels.js';
import { storedCodes } from '../search/codeMemory.js';
import { codeStride } from '../search/kernels/scanLayout.js';
import { MAX_PAGES } from '../search/wasm/wasmModule.js';
import { type SharedWasmMemory, webAssembly } from '../search/wasm/webAssembly.js';
import type { RetrievalData } from './retrievalRequest.js';

const PAGE = 65536;

/** Equal parts of the database, each with counts of its own. */
export const SEGMENTS = 4;

/** Items of a segment that are counted before its hits are noted. */
export const ROUND = 64;

/** Bytes that a hit is noted in. */
export const HIT_BYTES = 8;

/** Queries and database with their labels, in memory that threads share; plain data, to be sent to them. */
export interface RankMemory {
  readonly layout: RankLayout;
  readonly buffer: SharedArrayBuffer;
  /** The same memory for kernels; null where there are none. */
  readonly wasm: SharedWasmMemory | null;
}

/** Where everything lies: addresses and sizes in bytes. */
export interface RankLayout {
  readonly bits: number;
  /** From one stored code to the next. */
  readonly stride: number;
  /** Items in the database. */
  readonly size: number;
  /** Items in a segment, a multiple of `ROUND`. */
  readonly segment: number;
  /** Items in all segments: after those of the database come codes of zeros that no query finds relevant. */
  readonly padded: number;
  readonly classes: number;
  readonly queries: number;
  /** [padded, stride] */
  readonly codes: number;
  /** A bit for each item that is in the class, [classes, rowBytes]. */
  readonly rows: number;
  /** A multiple of 16. */
  readonly rowBytes: number;
  /** [queries, stride] */
  readonly queryCodes: number;
  /** As in `Labels`. */
  readonly queryLabels: number;
  /** Room for the first ranker's own use; that of the others follows. */
  readonly scratch: number;
  readonly scratchBytes: number;
}

/** @param rankers  how many will be at work; `kernels` whether they are WebAssembly */
export function makeRankMemory(data: RetrievalData, rankers: number, kernels: boolean): RankMemory {
  const layout = rankLayout(data);
  const bytes = layout.scratch + rankers * layout.scratchBytes;
  const wasm = kernels && bytes <= MAX_PAGES * PAGE ? wasmMemory(bytes) : null;
  const buffer = wasm?.buffer ?? new SharedArrayBuffer(bytes);
  new Uint8Array(buffer, layout.codes).set(storedCodes(data.databaseCodes));
  new Uint8Array(buffer, layout.queryCodes).set(storedCodes(data.queryCodes));
  new Uint32Array(buffer, layout.queryLabels).set(data.queryLabels.words);
  writeRows(new Uint8Array(buffer, layout.rows), layout, data);
  return { layout, buffer, wasm };
}

/** The classes of a query, ascending. */
export function queryClasses({ layout, buffer }: RankMemory, query: number): number[] {
  const { queries: count, classes, queryLabels } = layout;
  const words = new Uint32Array(buffer, queryLabels, count * wordsPerItem(classes));
  return labelIds({ count, classes, words }, query);
}

function wasmMemory(bytes: number): SharedWasmMemory {
  return new webAssembly!.Memory({ initial: Math.ceil(bytes / PAGE), maximum: MAX_PAGES, shared: true });
}

function rankLayout({ queryCodes, databaseCodes, databaseLabels }: RetrievalData): RankLayout {
  let at = 0;
  const take = (bytes: number) => {
    const address = at;
    at += Math.ceil(bytes / 16) * 16;
    return address;
  };
  const { bits, count: size } = databaseCodes;
  const { classes } = databaseLabels;
  const queries = queryCodes.count;
  const stride = codeStride(bits);
  const segment = Math.ceil(size / SEGMENTS / ROUND) * ROUND;
  const padded = SEGMENTS * segment;
  const rowBytes = padded / 8;
  const sizes = { bits, stride, size, segment, padded, classes, queries, rowBytes };
  const codes = take(padded * stride);
  const rows = take(classes * rowBytes);
  const queryWords = take(queries * stride);
  const labels = take(4 * queries * wordsPerItem(classes));
  const scratchBytes = rankScratch(bits, padded, 0).end;
  return { ...sizes, codes, rows, queryCodes: queryWords, queryLabels: labels, scratch: at, scratchBytes };
}

function writeRows(
  rows: Uint8Array,
  { size, rowBytes }: RankLayout,
  { databaseLabels }: RetrievalData,
): void {
  for (let item = 0; item < size; item++) {
    for (const id of labelIds(databaseLabels, item)) rows[id * rowBytes + (item >> 3)]! |= 1 << (item & 7);
  }
}

/** Addresses in the room of one ranker. */
export interface RankScratch {
  /** A bit for each relevant item, [padded / 8]. */
  readonly relevance: number;
  /**
   * For each segment and distance d the number n of items so far, as one number of 64 bits, n 2^16 + d: what a hit is
   * noted by, ready to be copied.
   */
  readonly bins: number;
  /** From the bins of one segment to those of the next. */
  readonly binBytes: number;
  /** Where the hits of each segment end, [segments], 32 bits each. */
  readonly ends: number;
  /** For each segment the bins of a round's items when they were counted, [segments, round]. */
  readonly round: number;
  /** The bin of each hit when it was counted, in the order of the items; room for a whole segment. */
  readonly found: number;
  /** From the hits of one segment to those of the next. */
  readonly foundBytes: number;
  /** For each distance the number of hits, 32 bits each. */
  readonly hits: number;
  /** For each distance the items before those of the segment at hand, and the place in `hitRanks` of the next hit. */
  readonly before: number;
  readonly places: number;
  /** [padded] */
  readonly hitRanks: number;
  readonly end: number;
}

export function rankScratch(bits: number, padded: number, start: number): RankScratch {
  let at = start;
  const take = (bytes: number) => {
    const address = at;
    at += Math.ceil(bytes / 16) * 16;
    return address;
  };
  const binBytes = 8 * (bits + 1);
  const foundBytes = HIT_BYTES * (padded / SEGMENTS);
  const relevance = take(padded / 8);
  const bins = take(SEGMENTS * binBytes);
  const ends = take(4 * SEGMENTS);
  const [hits, before, places] = [take(4 * (bits + 1)), take(4 * (bits + 1)), take(4 * (bits + 1))];
  const round = take(SEGMENTS * ROUND * HIT_BYTES);
  const hitRanks = take(4 * padded);
  const found = take(SEGMENTS * foundBytes);
  return {
    relevance,
    bins,
    binBytes,
    ends,
    round,
    found,
    foundBytes,
    hits,
    before,
    places,
    hitRanks,
    end: at,
  };
}
