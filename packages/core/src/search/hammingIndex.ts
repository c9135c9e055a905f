import { type BinaryCodes, bytesPerCode, checkCodes, checkCodeSize } from '../codes/binaryCodes.js';
import type { CodeSource, SaveOptions } from './codeFile.js';
import { CodeMemory, storedCodes } from './codeMemory.js';
import { readFaissFile, writeFaissFile } from './faissFile.js';
import type { HashTables } from './hashTables.js';
import { closeGaps, IdList } from './idList.js';
import { readIndexFile, writeIndexFile } from './indexFile.js';
import { kernelsWork } from './kernelsWork.js';
import { LazyTables, type TableStatus, type TableUse } from './lazyTables.js';
import { concatMatches, type Matches, matchesOf, type Pairs, pairsOf } from './matches.js';
import { type LookUp, ScanPool } from './scanPool.js';

/** Queries that are searched for at a time. */
const AT_ONCE = 1024;

/** Bytes that tables may take by default. */
const TABLE_BYTES = 2 ** 29;

export interface HammingIndexOptions {
  /** Worker threads that search; 0, the default, searches in the calling thread. */
  readonly threads?: number;
  /** `plain` does without WebAssembly: same results, some ten times slower. By default `wasm` where it works. */
  readonly kernels?: 'wasm' | 'plain';
  /**
   * Whether searches look codes up in hash tables (multi-index hashing) rather than comparing all: `auto`, the default,
   * makes tables once searches have shown that they pay; `always` with the first search. Results are the same.
   */
  readonly tables?: TableUse;
  /** What tables may take; by default 512 MiB. They take 4 bytes for each code and each 20 bits or so. */
  readonly tableBytes?: number;
}

/** What an index holds and has done. */
export interface IndexStatistics {
  readonly bits: number;
  readonly count: number;
  /** That the codes take, with room for growth and for the kernels. */
  readonly bytes: number;
  readonly tables: TableStatus;
  /** Queries for which all codes were compared, that were looked up in tables, and that were given up there and scanned. */
  readonly queries: { readonly scanned: number; readonly lookedUp: number; readonly givenUp: number };
}

/**
 * Exact search among binary codes by Hamming distance. Codes have ids: 0, 1, 2, ... in the order in which they are
 * added; an id is never used again. Results depend neither on the number of threads nor on the kernels.
 */
export class HammingIndex {
  readonly bits: number;
  readonly #memory: CodeMemory;
  readonly #pool: ScanPool;
  readonly #tables: LazyTables;
  readonly #queries = { scanned: 0, lookedUp: 0, givenUp: 0 };
  #ids = new IdList();
  #searches = 0;

  constructor(
    bits: number,
    { threads = 0, kernels, tables = 'auto', tableBytes = TABLE_BYTES }: HammingIndexOptions = {},
  ) {
    checkCodeSize('HammingIndex', 0, bits);
    if (!Number.isInteger(threads) || threads < 0 || threads > 32) {
      throw new RangeError(
        `HammingIndex: expected threads to be an integer from 0 to 32, but got ${threads}.`,
      );
    }
    if (!(tableBytes >= 0)) {
      throw new RangeError(`HammingIndex: expected tableBytes to be at least 0, but got ${tableBytes}.`);
    }
    const plain = kernels === 'plain' || (kernels === undefined && !kernelsWork());
    this.bits = bits;
    this.#memory = CodeMemory.create(bits, plain ? 0 : 1 + threads);
    this.#pool = new ScanPool(this.#memory, threads);
    this.#tables = new LazyTables(this.#memory, this.#pool, tables, tableBytes);
  }

  /**
   * Reads an index that `save` wrote.
   *
   * @throws Error where the file is of another kind, truncated or damaged; it says how
   */
  static async load(path: string, options?: HammingIndexOptions): Promise<HammingIndex> {
    let index: HammingIndex | undefined;
    const ids = await readIndexFile('HammingIndex.load', path, (codes) => {
      index ??= new HammingIndex(codes.bits, options);
      index.add(codes);
    });
    index!.#ids = IdList.restore(index!.count, ids);
    return index!;
  }

  /** Reads the file of a faiss `IndexBinaryFlat`. */
  static async loadFaiss(path: string, options?: HammingIndexOptions): Promise<HammingIndex> {
    let index: HammingIndex | undefined;
    await readFaissFile('HammingIndex.loadFaiss', path, (codes) => {
      index ??= new HammingIndex(codes.bits, options);
      index.add(codes);
    });
    return index!;
  }

  /** Codes in the index. */
  get count(): number {
    return this.#ids.count;
  }

  get statistics(): IndexStatistics {
    const { bits, count } = this;
    const bytes = this.#memory.buffer.byteLength;
    return { bits, count, bytes, tables: this.#tables.status(count), queries: { ...this.#queries } };
  }

  /** Adds codes; returns the id of the first, the others follow on. */
  add(codes: BinaryCodes): number {
    checkCodes('HammingIndex.add', codes);
    this.#checkBits('HammingIndex.add', codes);
    this.#memory.reserve(this.count + codes.count);
    this.#memory.write(this.count, codes);
    this.#tables.forget();
    return this.#ids.append(codes.count);
  }

  /**
   * Removes codes; the others keep their ids and their order.
   *
   * @throws RangeError where there is no code with one of the ids; nothing is removed then
   */
  remove(ids: ArrayLike<number>): void {
    if (this.#searches > 0)
      throw new Error('HammingIndex.remove: a search is under way; wait for it to end.');
    const positions = new Set(Array.from(ids, (id) => this.#position('HammingIndex.remove', id)));
    const ascending = [...positions].sort((a, b) => a - b);
    const { buffer, codes, stride } = this.#memory;
    closeGaps(new Uint8Array(buffer, codes, this.count * stride), ascending, this.count, stride);
    this.#ids.remove(ascending);
    this.#tables.forget();
  }

  /**
   * The k nearest codes of each query; all codes where there are fewer than k. Of codes at equal distance those with
   * lower ids come first.
   */
  search(queries: BinaryCodes, k: number): Promise<Matches> {
    if (!Number.isInteger(k) || k < 1) {
      throw new RangeError(`HammingIndex.search: expected k to be an integer of at least 1, but got ${k}.`);
    }
    return this.#search('HammingIndex.search', queries, k, this.bits);
  }

  /** The codes that differ from each query in at most `radius` bits, by distance, then id. */
  searchWithin(queries: BinaryCodes, radius: number): Promise<Matches> {
    if (!Number.isInteger(radius) || radius < 0) {
      throw new RangeError(
        `HammingIndex.searchWithin: expected radius to be an integer of at least 0, but got ${radius}.`,
      );
    }
    return this.#search('HammingIndex.searchWithin', queries, Infinity, radius);
  }

  /** Writes the index into one file with a checksum, whole or not at all. */
  save(path: string, options: SaveOptions = {}): Promise<void> {
    return writeIndexFile(path, this.#source(), this.#ids, options);
  }

  /**
   * Writes the codes as a faiss `IndexBinaryFlat`, where the id of a code is its position.
   *
   * @throws Error after codes were removed: ids and positions differ then
   */
  async saveFaiss(path: string, options: SaveOptions = {}): Promise<void> {
    if (this.#ids.explicit !== null) {
      throw new Error(
        'HammingIndex.saveFaiss: codes were removed, and faiss numbers the others anew; add them to a new index first.',
      );
    }
    await writeFaissFile(path, this.#source(), options);
  }

  /** The codes with the given ids, in their order. */
  codes(ids: ArrayLike<number>): BinaryCodes {
    const found = Array.from(ids, (id) => this.#codeAt(this.#position('HammingIndex.codes', id)));
    const data = new Uint8Array(found.length * bytesPerCode(this.bits));
    found.forEach((code, i) => data.set(code, i * code.length));
    return { count: found.length, bits: this.bits, data };
  }

  /** Stops the threads. Without it they end with the process. */
  close(): Promise<void> {
    return this.#pool.close();
  }

  async #search(caller: string, queries: BinaryCodes, k: number, radius: number): Promise<Matches> {
    checkCodes(caller, queries);
    this.#checkBits(caller, queries);
    this.#searches += 1;
    try {
      const { count } = this;
      const { stride } = this.#memory;
      const stored = storedCodes(queries);
      const found: Matches[] = [];
      for (let at = 0; at < stored.length; at += AT_ONCE * stride) {
        const some = stored.slice(at, at + AT_ONCE * stride);
        found.push(await this.#searchSome({ queries: some, k, radius }, count));
      }
      return this.#withIds(concatMatches(found));
    } finally {
      this.#searches -= 1;
    }
  }

  /** @param count  of the codes to search: later ones may have been added meanwhile */
  async #searchSome(wanted: Wanted, count: number): Promise<Matches> {
    const due = this.#tables.due(count);
    if (due !== null) await this.#tables.build(due, count);
    const tables = this.#tables.of(count);
    return tables === null ? this.#scan(wanted, count) : this.#lookUp(tables, wanted);
  }

  async #scan(wanted: Wanted, count: number): Promise<Matches> {
    const matches = await this.#pool.scan({ ...wanted, from: 0, to: count });
    this.#queries.scanned += matches.starts.length - 1;
    this.#tables.note(matches, wanted, count);
    return matches;
  }

  /** Scans for those queries for which the tables do not pay. */
  async #lookUp(tables: HashTables, wanted: Wanted): Promise<Matches> {
    const { stride } = this.#memory;
    const { count } = tables;
    const budget = this.#tables.budget(wanted.queries.length / stride, count);
    const found = await this.#pool.lookUp(tables, { ...wanted, budget });
    const open = found.flatMap((pairs, query) => (pairs === null ? [query] : []));
    const queries = selectStored(wanted.queries, open, stride);
    const scanned = await this.#pool.scan({ ...wanted, queries, from: 0, to: count });
    open.forEach((query, i) => (found[query] = pairsOf(scanned, i)));
    this.#queries.lookedUp += found.length - open.length;
    this.#queries.givenUp += open.length;
    return matchesOf(found as Pairs[]);
  }

  #position(caller: string, id: number): number {
    const position = this.#ids.position(id);
    if (position < 0) throw new RangeError(`${caller}: there is no code with id ${id}.`);
    return position;
  }

  #codeAt(position: number): Uint8Array {
    return this.#memory.read(position, position + 1).data;
  }

  #source(): CodeSource {
    return { bits: this.bits, count: this.count, read: (from, to) => this.#memory.read(from, to) };
  }

  /** Matches with ids in the place of positions. */
  #withIds(matches: Matches): Matches {
    if (this.#ids.explicit === null) return matches;
    return { ...matches, ids: matches.ids.map((position) => this.#ids.at(position)) };
  }

  #checkBits(caller: string, { bits }: BinaryCodes): void {
    if (bits !== this.bits) {
      throw new RangeError(`${caller}: expected codes of ${this.bits} bits, but got ${bits}.`);
    }
  }
}

type Wanted = Pick<LookUp, 'queries' | 'k' | 'radius'>;

/** Some of the queries, as stored. */
function selectStored(queries: Uint8Array, order: readonly number[], stride: number): Uint8Array {
  const selected = new Uint8Array(order.length * stride);
  order.forEach((query, i) =>
    selected.set(queries.subarray(query * stride, (query + 1) * stride), i * stride),
  );
  return selected;
}
