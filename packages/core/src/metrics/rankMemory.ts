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
  /** Items in a segment, a multiple of 64. */
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
  const segment = Math.ceil(size / SEGMENTS / 64) * 64;
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
  /** 16 bits for each item: its distance, and in the highest bit its relevance. */
  readonly distances: number;
  /** For each segment and distance the number of items and of hits, 32 bits each. */
  readonly bins: number;
  /** For each segment and distance the rank before the next item's, and the place in `hitRanks` of the next hit. */
  readonly cursors: number;
  /** From the bins or cursors of one segment to those of the next. */
  readonly binBytes: number;
  /** [padded + 1] */
  readonly hitRanks: number;
  readonly end: number;
}

export function rankScratch(bits: number, padded: number, start: number): RankScratch {
  const binBytes = 8 * (bits + 1);
  const distances = start + padded / 8;
  const bins = distances + 2 * padded;
  const cursors = bins + SEGMENTS * binBytes;
  const hitRanks = cursors + SEGMENTS * binBytes;
  const end = Math.ceil((hitRanks + 4 * (padded + 1)) / 16) * 16;
  return { relevance: start, distances, bins, cursors, binBytes, hitRanks, end };
}
