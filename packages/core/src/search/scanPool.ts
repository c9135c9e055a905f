import type { CodeMemory } from './codeMemory.js';
import type { HashTables } from './hashTables.js';
import { BLOCK } from './kernels/scanLayout.js';
import { type Matches, mergeMatches, type Pairs } from './matches.js';
import { PlainScanner } from './plainScanner.js';
import type { Scan, Scanner } from './scanner.js';
import type { LookUpRequest, ScanRequest } from './scanWorker.js';
import { lookUpAll } from './tableScanner.js';
import { WasmScanner } from './wasmScanner.js';
import { WorkerPool } from './workerPool.js';

/** Pairs of a query and a code below which threads would take longer to start than to scan. */
const FEW_PAIRS = 2 ** 22;

/** Queries below which one thread looks them up. */
const FEW_LOOK_UPS = 64;

/** What is looked up in tables. */
export type LookUp = Pick<Scan, 'queries' | 'k' | 'radius'>;

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

  /** Each thread compares all queries with its part of the codes. */
  async scan(scan: Scan): Promise<Matches> {
    const { stride, bits } = this.#memory;
    const codes = scan.to - scan.from;
    const threads = this.#pool.size;
    if (threads === 0 || (scan.queries.length / stride) * codes < FEW_PAIRS) return this.#scanner.scan(scan);
    const size = Math.ceil(codes / threads / BLOCK) * BLOCK;
    const parts = await this.#askAll<Matches>((thread) => {
      const from = Math.min(scan.from + thread * size, scan.to);
      const to = Math.min(from + size, scan.to);
      return { codes: this.#memory.share(), scan: { ...scan, from, to } } satisfies ScanRequest;
    });
    return mergeMatches(parts, scan.k, bits);
  }

  /** Each thread looks up its part of the queries; null for those that a flat scan would answer faster. */
  async lookUp(tables: HashTables, wanted: LookUp): Promise<(Pairs | null)[]> {
    const { stride } = this.#memory;
    const threads = this.#pool.size;
    const count = wanted.queries.length / stride;
    if (threads === 0 || count < FEW_LOOK_UPS) return lookUpAll(this.#memory, tables, wanted);
    const size = Math.ceil(count / threads) * stride;
    const parts = await this.#askAll<(Pairs | null)[]>((thread) => {
      const queries = wanted.queries.slice(thread * size, (thread + 1) * size);
      return { codes: this.#memory.share(), tables, lookUp: { ...wanted, queries } } satisfies LookUpRequest;
    });
    return parts.flat();
  }

  /** Stops the threads. */
  close(): Promise<void> {
    return this.#pool.close();
  }

  #askAll<Reply>(request: (thread: number) => unknown): Promise<Reply[]> {
    const threads = Array.from({ length: this.#pool.size }, (_, thread) => thread);
    return Promise.all(
      threads.map(async (thread) => (await this.#pool.ask(thread, request(thread))) as Reply),
    );
  }
}
