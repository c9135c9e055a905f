import { type Code, i32, i64, ifThen, v128, whileLoop } from '../search/wasm/instructions.js';
import { type FunctionBody, type Local, WasmModule } from '../search/wasm/wasmModule.js';
import { countOnes, loadWord } from '../search/kernels/storedCode.js';
import { HIT_BYTES, type RankLayout, type RankScratch, ROUND, SEGMENTS } from './rankMemory.js';

/** Functions of the rank module. */
export interface RankKernels {
  /** Marks the items of a class as relevant; takes the address of its row. */
  addClass(row: number): void;
  /** Compares a query, at its address, with all items: adds to `bins` and `hits`, fills `found`, and sets `ends`. */
  count(query: number): void;
  /** Fills `hitRanks` from the hits at addresses `from` to `to`, at distances up to `limit`, moving `places` on. */
  rankHits(from: number, to: number, limit: number): void;
}

/** Bits of a bin that have its distance; the others count. */
const DISTANCE_BITS = 16;

/** Items of a segment that one turn of the innermost loop counts. */
const UNROLL = 4;

/**
 * The kernels of one ranker, with the addresses of its memory written into them. They work on the segments of the
 * database in turns: counting in the same place twice in a row would wait for the first to reach memory.
 */
export function rankModule(layout: RankLayout, scratch: RankScratch): Uint8Array<ArrayBuffer> {
  const module = new WasmModule();
  defineAddClass(module, layout, scratch);
  defineCount(module, layout, scratch);
  defineRankHits(module, scratch);
  return module.bytes();
}

function step(variable: Local, by: number): Code {
  return variable.set(i32.add(variable.get, i32.const(by)));
}

function defineAddClass(module: WasmModule, { rowBytes }: RankLayout, { relevance }: RankScratch): void {
  module.define('addClass', 1, 'nothing', (body, row) => {
    const at = body.local('i32');
    return whileLoop(
      i32.ltU(at.get, i32.const(rowBytes)),
      v128.store(
        at.get,
        v128.or(v128.load(at.get, relevance), v128.load(i32.add(row.get, at.get))),
        relevance,
      ),
      step(at, 16),
    );
  });
}

/** The same code for each segment. */
function forSegments(write: (segment: number) => Code): Code {
  return Array.from({ length: SEGMENTS }, (_, segment) => write(segment));
}

function defineCount(module: WasmModule, layout: RankLayout, scratch: RankScratch): void {
  const { segment: length, stride, bits } = layout;
  module.define('count', 1, 'nothing', (body, query) => {
    const words = Array.from({ length: Math.ceil(bits / 64) }, () => body.local('i64'));
    const ends = Array.from({ length: SEGMENTS }, () => body.local('i32'));
    const item = body.local('i32');
    const code = body.local('i32');
    return [
      words.map((word, i) => word.set(loadWord(stride, query.get, i))),
      forSegments((segment) => ends[segment]!.set(i32.const(scratch.found + segment * scratch.foundBytes))),
      whileLoop(
        i32.ltU(item.get, i32.const(length)),
        countRound(body, layout, scratch, words, code),
        forSegments((segment) => {
          const row = scratch.relevance + (segment * length) / 8;
          const relevant = i64.load(i32.shrU(item.get, i32.const(3)), row);
          return noteHits(body, scratch, segment, relevant, ends[segment]!);
        }),
        step(item, ROUND),
      ),
      forSegments((segment) => i32.store(i32.const(scratch.ends + 4 * segment), ends[segment]!.get)),
    ];
  });
}

/** Counts the next items of each segment, and keeps what each was counted as. */
function countRound(
  body: FunctionBody,
  { segment: length, stride, codes }: RankLayout,
  scratch: RankScratch,
  words: readonly Local[],
  code: Local,
): Code {
  const slot = body.local('i32');
  const place = body.local('i32');
  const bin = body.local('i64');
  const countItem = (segment: number, ahead: number) => {
    const at = codes + (segment * length + ahead) * stride;
    const differences = (word: number) => i64.xor(words[word]!.get, loadWord(stride, code.get, word, at));
    const bins = scratch.bins + segment * scratch.binBytes;
    return [
      place.set(i32.shl(i32.wrap(countOnes(words.length, differences)), i32.const(3))),
      bin.set(i64.add(i64.load(place.get, bins), i64.const(1n << BigInt(DISTANCE_BITS)))),
      i64.store(place.get, bin.get, bins),
      i64.store(slot.get, bin.get, scratch.round + (segment * ROUND + ahead) * HIT_BYTES),
    ];
  };
  return [
    slot.set(i32.const(0)),
    whileLoop(
      i32.ltU(slot.get, i32.const(ROUND * HIT_BYTES)),
      Array.from({ length: UNROLL }, (_, ahead) => forSegments((segment) => countItem(segment, ahead))),
      step(code, UNROLL * stride),
      step(slot, UNROLL * HIT_BYTES),
    ),
  ];
}

/** Adds those of a round that are relevant to the hits of their segment. */
function noteHits(body: FunctionBody, scratch: RankScratch, segment: number, row: Code, end: Local): Code {
  const relevant = body.local('i64');
  const bin = body.local('i64');
  const at = body.local('i32');
  const slot = i32.shl(i32.wrap(i64.ctz(relevant.get)), i32.const(3));
  return [
    relevant.set(row),
    whileLoop(
      i64.ne(relevant.get, i64.const(0n)),
      bin.set(i64.load(slot, scratch.round + segment * ROUND * HIT_BYTES)),
      relevant.set(i64.and(relevant.get, i64.sub(relevant.get, i64.const(1n)))),
      i64.store(end.get, bin.get),
      step(end, HIT_BYTES),
      at.set(i32.shl(i32.and(i32.wrap(bin.get), i32.const((1 << DISTANCE_BITS) - 1)), i32.const(2))),
      i32.store(at.get, i32.add(i32.load(at.get, scratch.hits), i32.const(1)), scratch.hits),
    ),
  ];
}

function defineRankHits(module: WasmModule, { before, places, hitRanks }: RankScratch): void {
  module.define('rankHits', 3, 'nothing', (body, from, to, limit) => {
    const distance = body.local('i32');
    const at = body.local('i32');
    const place = body.local('i32');
    const number = i32.wrap(i64.shrU(i64.load(from.get), i64.const(BigInt(DISTANCE_BITS))));
    return whileLoop(
      i32.ltU(from.get, to.get),
      distance.set(i32.load16(from.get)),
      ifThen(
        i32.leU(distance.get, limit.get),
        at.set(i32.shl(distance.get, i32.const(2))),
        place.set(i32.load(at.get, places)),
        i32.store(at.get, i32.add(place.get, i32.const(1)), places),
        i32.store(i32.shl(place.get, i32.const(2)), i32.add(i32.load(at.get, before), number), hitRanks),
      ),
      step(from, HIT_BYTES),
    );
  });
}
