import { type Code, i32, i64, ifThen, select, v128, whileLoop } from '../search/wasm/instructions.js';
import { type Local, WasmModule } from '../search/wasm/wasmModule.js';
import { countOnes, loadWord } from '../search/kernels/storedCode.js';
import { type RankLayout, type RankScratch, SEGMENTS } from './rankMemory.js';

/** Functions of the rank module. */
export interface RankKernels {
  /** Marks the items of a class as relevant; takes the address of its row. */
  addClass(row: number): void;
  /** Compares a query, at its address, with all items: fills `distances`, and adds to `bins`. */
  count(query: number): void;
  /** Fills `hitRanks` from `distances` and `cursors`, for distances up to `limit`. */
  rankHits(limit: number): void;
}

/** The bit of an item's distance that says that it is relevant. */
const RELEVANT = 15;

/**
 * The kernels of one ranker, with the addresses of its memory written into them. They work on the segments of the
 * database in turns: counting in the same place twice in a row would wait for the first to reach memory.
 */
export function rankModule(layout: RankLayout, scratch: RankScratch): Uint8Array<ArrayBuffer> {
  const module = new WasmModule();
  defineAddClass(module, layout, scratch);
  defineCount(module, layout, scratch);
  defineRankHits(module, layout, scratch);
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
  const { segment: length, stride, bits, codes } = layout;
  module.define('count', 1, 'nothing', (body, query) => {
    const words = Array.from({ length: Math.ceil(bits / 64) }, () => body.local('i64'));
    const item = body.local('i32');
    const end = body.local('i32');
    const code = body.local('i32');
    const distance = body.local('i32');
    const bin = body.local('i32');
    const relevant = Array.from({ length: SEGMENTS }, () => body.local('i64'));
    const isRelevant = (segment: number) => i64.and(relevant[segment]!.get, i64.const(1n));
    const countItem = (segment: number) => {
      const at = i32.add(code.get, i32.const(codes + segment * length * stride));
      const differences = (word: number) => i64.xor(words[word]!.get, loadWord(stride, at, word));
      const flag = i32.shl(i32.wrap(isRelevant(segment)), i32.const(RELEVANT));
      const one = i64.add(i64.const(1n), i64.shl(isRelevant(segment), i64.const(32n)));
      const bins = scratch.bins + segment * scratch.binBytes;
      return [
        distance.set(i32.wrap(countOnes(words.length, differences))),
        i32.store16(double(item), i32.or(distance.get, flag), scratch.distances + 2 * segment * length),
        bin.set(i32.shl(distance.get, i32.const(3))),
        i64.store(bin.get, i64.add(i64.load(bin.get, bins), one), bins),
        relevant[segment]!.set(i64.shrU(relevant[segment]!.get, i64.const(1n))),
      ];
    };
    return [
      words.map((word, i) => word.set(loadWord(stride, query.get, i))),
      whileLoop(
        i32.ltU(item.get, i32.const(length)),
        forSegments((segment) =>
          relevant[segment]!.set(
            i64.load(i32.shrU(item.get, i32.const(3)), scratch.relevance + (segment * length) / 8),
          ),
        ),
        end.set(i32.add(item.get, i32.const(64))),
        whileLoop(i32.ltU(item.get, end.get), forSegments(countItem), step(code, stride), step(item, 1)),
      ),
    ];
  });
}

function defineRankHits(module: WasmModule, layout: RankLayout, scratch: RankScratch): void {
  const { segment: length, padded } = layout;
  module.define('rankHits', 1, 'nothing', (body, limit) => {
    const item = body.local('i32');
    const marked = body.local('i32');
    const distance = body.local('i32');
    const bin = body.local('i32');
    const cursor = body.local('i64');
    const isRelevant = i32.shrU(marked.get, i32.const(RELEVANT));
    const place = i32.wrap(i64.shrU(cursor.get, i64.const(32n)));
    // Ranks of other items go to the place after all, which no hit has: a jump would often be mispredicted.
    const target = i32.shl(select(place, i32.const(padded), isRelevant), i32.const(2));
    const rankItem = (segment: number) => {
      const cursors = scratch.cursors + segment * scratch.binBytes;
      return [
        marked.set(i32.load16(double(item), scratch.distances + 2 * segment * length)),
        distance.set(i32.and(marked.get, i32.const((1 << RELEVANT) - 1))),
        ifThen(
          i32.leU(distance.get, limit.get),
          bin.set(i32.shl(distance.get, i32.const(3))),
          cursor.set(i64.add(i64.load(bin.get, cursors), i64.const(1n))),
          i32.store(target, i32.wrap(cursor.get), scratch.hitRanks),
          i64.store(bin.get, i64.add(cursor.get, i64.shl(i64.extend(isRelevant), i64.const(32n))), cursors),
        ),
      ];
    };
    return whileLoop(i32.ltU(item.get, i32.const(length)), forSegments(rankItem), step(item, 1));
  });
}

function double(variable: Local): Code {
  return i32.shl(variable.get, i32.const(1));
}
