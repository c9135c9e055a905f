import { popcount } from '../codes/popcount.js';
import { webAssembly } from '../search/wasm/webAssembly.js';
import { queryClasses, type RankMemory, type RankScratch, rankScratch, SEGMENTS } from './rankMemory.js';
import { type RankKernels, rankModule } from './rankModule.js';
import { countsBefore, deepestDistance, type Ranker, type Ranking } from './ranking.js';

/** The ranker that uses WebAssembly kernels. */
export class WasmRanker implements Ranker {
  readonly #memory: RankMemory;
  readonly #scratch: RankScratch;
  readonly #kernels: RankKernels;
  readonly #items: Uint32Array;
  readonly #hits: Uint32Array;
  /** Two numbers for each segment and distance: the distance itself, and items from 2^16 on. */
  readonly #bins: Uint32Array;

  /** @param place  among the rankers of the memory, from 0; no two at work may have the same */
  constructor(memory: RankMemory, place: number) {
    const { bits, padded, scratch, scratchBytes } = memory.layout;
    this.#memory = memory;
    this.#scratch = rankScratch(bits, padded, scratch + place * scratchBytes);
    const module = new webAssembly!.Module(rankModule(memory.layout, this.#scratch));
    const instance = new webAssembly!.Instance(module, { env: { memory: memory.wasm } });
    this.#kernels = instance.exports as RankKernels;
    this.#items = new Uint32Array(bits + 1);
    this.#hits = this.#numbers(this.#scratch.hits, bits + 1);
    this.#bins = this.#numbers(this.#scratch.bins, 2 * SEGMENTS * (bits + 1));
  }

  rank(query: number, depth: number): Ranking {
    this.#count(query);
    const limit = deepestDistance(this.#items, depth);
    if (limit >= 0) this.#rankHits(limit);
    return {
      size: this.#memory.layout.size,
      relevant: this.#hits.reduce((sum, hits) => sum + hits, 0),
      items: this.#items,
      hits: this.#hits,
      hitRanks: this.#numbers(this.#scratch.hitRanks, countsBefore(this.#hits)[limit + 1]!),
    };
  }

  #count(query: number): void {
    const { layout, buffer } = this.#memory;
    new Uint8Array(buffer, this.#scratch.relevance, layout.rowBytes).fill(0);
    for (const id of queryClasses(this.#memory, query))
      this.#kernels.addClass(layout.rows + id * layout.rowBytes);
    for (let bin = 0; bin < this.#bins.length / 2; bin++) {
      this.#bins[2 * bin] = bin % (layout.bits + 1);
      this.#bins[2 * bin + 1] = 0;
    }
    this.#hits.fill(0);
    const code = layout.queryCodes + query * layout.stride;
    this.#kernels.count(code);
    this.#items.fill(0);
    for (let segment = 0; segment < SEGMENTS; segment++) this.#addItems(segment, this.#items);
    // The padding was counted too: codes of zeros.
    this.#items[countOnes(new Uint8Array(buffer, code, layout.stride))]! -= layout.padded - layout.size;
  }

  #rankHits(limit: number): void {
    const { scratch, distances } = { scratch: this.#scratch, distances: this.#memory.layout.bits + 1 };
    const before = this.#numbers(scratch.before, distances);
    before.set(countsBefore(this.#items).subarray(0, distances));
    this.#numbers(scratch.places, distances).set(countsBefore(this.#hits).subarray(0, distances));
    this.#numbers(scratch.ends, SEGMENTS).forEach((end, segment) => {
      this.#kernels.rankHits(scratch.found + segment * scratch.foundBytes, end, limit);
      this.#addItems(segment, before);
    });
  }

  /** Adds the items that a segment has at each distance. */
  #addItems(segment: number, counts: Uint32Array): void {
    const first = segment * counts.length;
    for (let distance = 0; distance < counts.length; distance++) {
      const bin = 2 * (first + distance);
      counts[distance]! += this.#bins[bin + 1]! * 2 ** 16 + (this.#bins[bin]! >>> 16);
    }
  }

  #numbers(address: number, length: number): Uint32Array {
    return new Uint32Array(this.#memory.buffer, address, length);
  }
}

function countOnes(code: Uint8Array): number {
  return code.reduce((sum, byte) => sum + popcount(byte), 0);
}
