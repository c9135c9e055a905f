import { codeWords, distanceAt, type Words, wordsPerCode } from '../search/plainDistance.js';
import { queryClasses, type RankMemory } from './rankMemory.js';
import { countsBefore, deepestDistance, type Ranker, type Ranking } from './ranking.js';

/** The ranker in plain TypeScript. */
export class PlainRanker implements Ranker {
  readonly #memory: RankMemory;
  readonly #database: Words;
  readonly #distances: Uint16Array;
  /** A bit for each relevant item. */
  readonly #relevance: Uint32Array;
  readonly #items: Uint32Array;
  readonly #hits: Uint32Array;
  readonly #hitRanks: Uint32Array;

  constructor(memory: RankMemory) {
    const { bits, size, stride, codes, rowBytes } = memory.layout;
    this.#memory = memory;
    this.#database = codeWords(memory.buffer, codes, size * stride, stride);
    this.#distances = new Uint16Array(size);
    this.#relevance = new Uint32Array(rowBytes / 4);
    this.#items = new Uint32Array(bits + 1);
    this.#hits = new Uint32Array(bits + 1);
    this.#hitRanks = new Uint32Array(size);
  }

  rank(query: number, depth: number): Ranking {
    this.#findRelevant(query);
    this.#count(query);
    const limit = deepestDistance(this.#items, depth);
    this.#rankHits(limit);
    return {
      size: this.#distances.length,
      relevant: this.#hits.reduce((sum, hits) => sum + hits, 0),
      items: this.#items,
      hits: this.#hits,
      hitRanks: this.#hitRanks.subarray(0, countsBefore(this.#hits)[limit + 1]),
    };
  }

  #findRelevant(query: number): void {
    const { layout, buffer } = this.#memory;
    const relevance = this.#relevance.fill(0);
    for (const id of queryClasses(this.#memory, query)) {
      const row = new Uint32Array(buffer, layout.rows + id * layout.rowBytes, relevance.length);
      for (let i = 0; i < relevance.length; i++) relevance[i]! |= row[i]!;
    }
  }

  #isRelevant(item: number): number {
    return (this.#relevance[item >> 5]! >>> (item & 31)) & 1;
  }

  #count(query: number): void {
    const { stride, queryCodes } = this.#memory.layout;
    const width = wordsPerCode(stride);
    const code = codeWords(this.#memory.buffer, queryCodes + query * stride, stride, stride);
    const items = this.#items.fill(0);
    const hits = this.#hits.fill(0);
    for (let item = 0; item < this.#distances.length; item++) {
      const distance = distanceAt(this.#database, item * width, code, width);
      this.#distances[item] = distance;
      items[distance]! += 1;
      hits[distance]! += this.#isRelevant(item);
    }
  }

  #rankHits(limit: number): void {
    const rank = countsBefore(this.#items);
    const place = countsBefore(this.#hits);
    for (let item = 0; item < this.#distances.length; item++) {
      const distance = this.#distances[item]!;
      if (distance > limit) continue;
      rank[distance]! += 1;
      if (this.#isRelevant(item)) this.#hitRanks[place[distance]!++] = rank[distance]!;
    }
  }
}
