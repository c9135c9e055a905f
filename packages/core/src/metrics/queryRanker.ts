import type { BinaryCodes } from '../codes/binaryCodes.js';
import { codeWords, wordsPerCode } from '../codes/codeWords.js';
import { type Labels, wordsPerItem } from '../codes/labels.js';
import { popcount } from '../codes/popcount.js';
import type { Ranking } from './ranking.js';

/**
 * Ranks a database for one query after the other by counting sort: distances are small integers, so two passes over the
 * database find the rank of each relevant item, without comparisons and in memory for one row.
 */
export class QueryRanker {
  readonly #queries: Uint32Array;
  readonly #database: Uint32Array;
  readonly #queryLabels: Labels;
  readonly #databaseLabels: Labels;
  readonly #width: number;
  readonly #distances: Uint16Array;
  /** 1 for each relevant item of the database. */
  readonly #relevance: Uint8Array;
  readonly #items: Uint32Array;
  readonly #hits: Uint32Array;
  readonly #hitRanks: Uint32Array;

  constructor(queries: BinaryCodes, queryLabels: Labels, database: BinaryCodes, databaseLabels: Labels) {
    this.#queries = codeWords(queries);
    this.#database = codeWords(database);
    this.#queryLabels = queryLabels;
    this.#databaseLabels = databaseLabels;
    this.#width = wordsPerCode(database.bits);
    this.#distances = new Uint16Array(database.count);
    this.#relevance = new Uint8Array(database.count);
    this.#items = new Uint32Array(database.bits + 1);
    this.#hits = new Uint32Array(database.bits + 1);
    this.#hitRanks = new Uint32Array(database.count);
  }

  rank(query: number): Ranking {
    this.#measureDistances(query);
    this.#findRelevant(query);
    this.#count();
    this.#rankHits();
    return {
      size: this.#distances.length,
      relevant: this.#hits.reduce((sum, n) => sum + n, 0),
      items: this.#items,
      hits: this.#hits,
      hitRanks: this.#hitRanks,
    };
  }

  #measureDistances(query: number): void {
    const width = this.#width;
    const database = this.#database;
    const distances = this.#distances;
    const code = this.#queries.subarray(query * width, (query + 1) * width);
    for (let i = 0, at = 0; i < distances.length; i++) {
      let distance = 0;
      for (let word = 0; word < width; word++, at++) distance += popcount(code[word]! ^ database[at]!);
      distances[i] = distance;
    }
  }

  #findRelevant(query: number): void {
    const width = wordsPerItem(this.#queryLabels.classes);
    const wanted = this.#queryLabels.words.subarray(query * width, (query + 1) * width);
    const words = this.#databaseLabels.words;
    const relevance = this.#relevance;
    for (let i = 0, at = 0; i < relevance.length; i++) {
      let common = 0;
      for (let word = 0; word < width; word++, at++) common |= wanted[word]! & words[at]!;
      relevance[i] = common === 0 ? 0 : 1;
    }
  }

  #count(): void {
    const items = this.#items.fill(0);
    const hits = this.#hits.fill(0);
    const distances = this.#distances;
    const relevance = this.#relevance;
    for (let i = 0; i < distances.length; i++) {
      const distance = distances[i]!;
      items[distance]! += 1;
      hits[distance]! += relevance[i]!;
    }
  }

  #rankHits(): void {
    const rank = ranksBefore(this.#items);
    const place = ranksBefore(this.#hits);
    const distances = this.#distances;
    const relevance = this.#relevance;
    const hitRanks = this.#hitRanks;
    for (let i = 0; i < distances.length; i++) {
      const distance = distances[i]!;
      rank[distance]! += 1;
      if (relevance[i]) hitRanks[place[distance]!++] = rank[distance]!;
    }
  }
}

/** For each distance how many are nearer. */
function ranksBefore(counts: Uint32Array): Uint32Array {
  const before = new Uint32Array(counts.length);
  for (let distance = 1; distance < counts.length; distance++) {
    before[distance] = before[distance - 1]! + counts[distance - 1]!;
  }
  return before;
}
