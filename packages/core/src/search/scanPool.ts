import type { CodeMemory } from './codeMemory.js';
import { fillTable, type HashTable, type HashTables } from './hashTables.js';
import { BLOCK } from './kernels/scanLayout.js';
import { concatMatches, type Matches, mergeMatches, type Pairs } from './matches.js';
import { PlainScanner } from './plainScanner.js';
import type { Scan, Scanner } from './scanner.js';
import type { FillRequest, LookUpRequest, ScanRequest } from './scanWorker.js';
import { lookUpAll } from './tableScanner.js';
import { WasmScanner } from './wasmScanner.js';
import { WorkerPool } from './workerPool.js';

/** Pairs of a query and a code below which threads would take longer to start than to scan. */
const FEW_PAIRS = 2 ** 22;

/**
 * Queries of a thread from which it is worth their while to prepare each block of codes in every thread: the nearest are
 * then chosen once for a query, not once for each part of the codes.
 */
const MANY_QUERIES = 256;

/** Queries below which one thread looks them up. */
const FEW_LOOK_UPS = 16;

/** What is looked up in tables. */
export interface LookUp extends Pick<Scan, 'queries' | 'k' | 'radius'> {
  /** The time after which a query is given up: see `searchTime`. */
  readonly budget: number;
}

/** Scans a memory in the calling thread, or in worker threads where that is worth it. */
export class ScanPool {
  readonly #memory: CodeMemory;
  readonly #scanner: Scanner;
  readonly #pool: WorkerPool;

  constructor(memory: CodeMemory, threads: number) {
    this.#memory = memory;
    this.#scanner = memory.wasm === null ? new PlainScanner(memory) : new WasmScanner(memory, 0);
    this.#pool = new WorkerPool(new URL('./scanWorker.js', import.meta.url), threads);
  }

  /** How many more threads scan for some queries than look them up. */
  scanAdvantage(queries: number, codes: number): number {
    return Math.max(1, this.#scanThreads(queries * codes)) / Math.max(1, this.#lookUpThreads(queries));
  }

  /** Each thread compares its part of the queries with all codes, or, if they are few, all with its part of the codes. */
  async scan(scan: Scan): Promise<Matches> {
    const { stride, bits } = this.#memory;
    const queries = scan.queries.length / stride;
    const threads = this.#scanThreads(queries * (scan.to - scan.from));
    if (threads === 0) return this.#scanner.scan(scan);
    if (queries >= threads * MANY_QUERIES) {
      const size = Math.ceil(queries / threads) * stride;
      return concatMatches(
        await this.#scanParts(scan, (thread) => ({
          queries: scan.queries.slice(thread * size, (thread + 1) * size),
        })),
      );
    }
    const size = Math.ceil((scan.to - scan.from) / threads / BLOCK) * BLOCK;
    const parts = await this.#scanParts(scan, (thread) => {
      const from = Math.min(scan.from + thread * size, scan.to);
      return { from, to: Math.min(from + size, scan.to) };
    });
    return mergeMatches(parts, scan.k, bits);
  }

  /** Each thread looks up its part of the queries; null for those that a flat scan would answer faster. */
  async lookUp(tables: HashTables, wanted: LookUp): Promise<(Pairs | null)[]> {
    const { stride } = this.#memory;
    const count = wanted.queries.length / stride;
    const threads = this.#lookUpThreads(count);
    if (threads === 0) return lookUpAll(this.#memory, tables, wanted);
    const size = Math.ceil(count / threads) * stride;
    const parts = await this.#askAll<(Pairs | null)[]>((thread) => {
      const queries = wanted.queries.slice(thread * size, (thread + 1) * size);
      return { codes: this.#memory.share(), tables, lookUp: { ...wanted, queries } } satisfies LookUpRequest;
    });
    return parts.flat();
  }

  /** Fills tables, each in one thread. */
  async fill(tables: readonly HashTable[]): Promise<void> {
    const threads = this.#pool.size;
    if (threads === 0) tables.forEach((table) => fillTable(this.#memory, table));
    else {
      const codes = this.#memory.share();
      await Promise.all(
        tables.map((fill, i) => this.#pool.ask(i % threads, { codes, fill } satisfies FillRequest)),
      );
    }
  }

  /** Stops the threads. */
  close(): Promise<void> {
    return this.#pool.close();
  }

  /** 0: the calling thread. */
  #scanThreads(pairs: number): number {
    return pairs < FEW_PAIRS ? 0 : this.#pool.size;
  }

  #lookUpThreads(queries: number): number {
    return queries < FEW_LOOK_UPS ? 0 : this.#pool.size;
  }

  #scanParts(scan: Scan, part: (thread: number) => Partial<Scan>): Promise<Matches[]> {
    return this.#askAll((thread) => {
      const codes = this.#memory.share();
      return { codes, scan: { ...scan, ...part(thread) } } satisfies ScanRequest;
    });
  }

  #askAll<Reply>(request: (thread: number) => unknown): Promise<Reply[]> {
    const threads = Array.from({ length: this.#pool.size }, (_, thread) => thread);
    return Promise.all(
      threads.map(async (thread) => (await this.#pool.ask(thread, request(thread))) as Reply),
    );
  }
}
