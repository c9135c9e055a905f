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

  /** @param place  among the rankers of the memory, from 0; no two at work may have the same */
  constructor(memory: RankMemory, place: number) {
    const { bits, padded, scratch, scratchBytes } = memory.layout;
    this.#memory = memory;
    this.#scratch = rankScratch(bits, padded, scratch + place * scratchBytes);
    const module = new webAssembly!.Module(rankModule(memory.layout, this.#scratch));
    const instance = new webAssembly!.Instance(module, { env: { memory: memory.wasm } });
    this.#kernels = instance.exports as RankKernels;
    this.#items = new Uint32Array(bits + 1);
    this.#hits = new Uint32Array(bits + 1);
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
    const bins = this.#pairs(this.#scratch.bins).fill(0);
    const code = layout.queryCodes + query * layout.stride;
    this.#kernels.count(code);
    this.#items.fill(0);
    this.#hits.fill(0);
    for (let i = 0; i < bins.length; i += 2) {
      const distance = (i / 2) % (layout.bits + 1);
      this.#items[distance]! += bins[i]!;
      this.#hits[distance]! += bins[i + 1]!;
    }
    // The padding was counted too: codes of zeros.
    this.#items[countOnes(new Uint8Array(buffer, code, layout.stride))]! -= layout.padded - layout.size;
  }

  #rankHits(limit: number): void {
    const distances = this.#memory.layout.bits + 1;
    const bins = this.#pairs(this.#scratch.bins);
    const cursors = this.#pairs(this.#scratch.cursors);
    const [ranks, places] = [countsBefore(this.#items), countsBefore(this.#hits)];
    for (let i = 0; i < bins.length; i += 2) {
      const distance = (i / 2) % distances;
      cursors[i] = ranks[distance]!;
      cursors[i + 1] = places[distance]!;
      ranks[distance]! += bins[i]!;
      places[distance]! += bins[i + 1]!;
    }
    this.#kernels.rankHits(limit);
  }

  /** The pairs of numbers for each segment and distance. */
  #pairs(address: number): Uint32Array {
    return this.#numbers(address, 2 * SEGMENTS * (this.#memory.layout.bits + 1));
  }

  #numbers(address: number, length: number): Uint32Array {
    return new Uint32Array(this.#memory.buffer, address, length);
  }
}

function countOnes(code: Uint8Array): number {
  return code.reduce((sum, byte) => sum + popcount(byte), 0);
}
