import type { CodeMemory } from './codeMemory.js';
import { emptyTable, type HashTables, tableBytes, type TableRun } from './hashTables.js';
import type { Matches } from './matches.js';
import type { LookUp, ScanPool } from './scanPool.js';
import { bestBudget } from './lookUpBudget.js';
import { buildTime, leastBuildTime, reachTimes, scanTime } from './searchTime.js';
import { FEWEST_BITS, layOutTables, measureRun } from './tablePlan.js';

/** When searches look codes up in hash tables: where that is expected to be faster, never, or always. */
export type TableUse = 'auto' | 'never' | 'always';

export interface TableStatus {
  readonly use: TableUse;
  /** What was decided, and why. */
  readonly decision: string;
  /** Bits of the runs that tables would be made over, were that decided; none where there is no room. */
  readonly planned: readonly number[];
  readonly plannedBytes: number;
  /** Bits of the runs that tables were made over; none where there are no tables. */
  readonly bits: readonly number[];
  readonly bytes: number;
}

/**
 * The tables of an index, made once searches have shown that they pay. Scans tell how far the matches of queries are, so
 * how long looking them up would have taken. Tables are made when that would have saved as much time as making them
 * takes: so searches never take much more than twice what they would, were the future known.
 */
export class LazyTables {
  readonly #use: TableUse;
  readonly #limit: number;
  readonly #memory: CodeMemory;
  readonly #pool: ScanPool;
  #tables: HashTables | null = null;
  #building: Promise<void> | null = null;
  #decision!: string;
  /** Queries that were scanned for, by how far their matches are; and the time that their scans took. */
  readonly #queries: Float64Array;
  readonly #times: Float64Array;
  /** The time spent on scans at which to decide. */
  #due = 0;
  /** The time after which to give looking up up. */
  #budget = Infinity;
  /** Counts changes of the codes. */
  #change = 0;

  /** @param limit  bytes that tables may take */
  constructor(memory: CodeMemory, pool: ScanPool, use: TableUse, limit: number) {
    this.#use = use;
    this.#limit = limit;
    this.#memory = memory;
    this.#pool = pool;
    this.#queries = new Float64Array(memory.bits + 1);
    this.#times = new Float64Array(memory.bits + 1);
    this.forget();
  }

  /** @param count  of the codes, of which tables would be made */
  status(count: number): TableStatus {
    const planned = layOutTables(this.#memory.bits, count, this.#limit);
    const tables = this.#tables?.tables ?? [];
    return {
      use: this.#use,
      decision: this.#decision,
      planned: planned.map(({ bits }) => bits),
      plannedBytes: planned.reduce((sum, { bits }) => sum + tableBytes(bits, count), 0),
      bits: tables.map(({ bits }) => bits),
      bytes: tables.reduce((sum, { bits, positions }) => sum + tableBytes(bits, positions.length), 0),
    };
  }

  /** Tables of the first `count` codes, where there are any. */
  of(count: number): HashTables | null {
    return this.#tables?.count === count ? this.#tables : null;
  }

  /** Drops everything: codes were added or removed. */
  forget(): void {
    this.#change += 1;
    this.#tables = null;
    this.#queries.fill(0);
    this.#times.fill(0);
    this.#due = 0;
    this.#budget = Infinity;
    this.#decision =
      this.#use === 'never' ? 'scan: tables are not wanted' : 'scan: searches took little so far';
  }

  /** The time after which to give one of some queries up that is looked up: never more than a scan would have taken. */
  budget(queries: number, count: number): number {
    return Math.min(this.#budget, this.#scanTime(queries, count));
  }

  /** Learns from what a scan found. */
  note({ starts, distances }: Matches, { k, radius }: Pick<LookUp, 'k' | 'radius'>, count: number): void {
    const queries = starts.length - 1;
    const time = this.#scanTime(queries, count);
    for (let query = 0; query < queries; query++) {
      const last = starts[query + 1]! - 1;
      const reach = last - starts[query]! + 1 === k ? distances[last]! : Math.min(radius, this.#memory.bits);
      this.#queries[reach]! += 1;
      this.#times[reach]! += time;
    }
  }

  /** The runs to make tables over before the next search, where that is due; null where it is not. */
  due(count: number): TableRun[] | null {
    if (this.#use === 'never' || this.of(count) !== null || this.#building !== null) return null;
    const total = this.#times.reduce((a, b) => a + b);
    if (this.#use === 'auto' && total < Math.max(this.#due, leastBuildTime(count))) return null;
    this.#due = 2 * total;
    const planned = layOutTables(this.#memory.bits, count, this.#limit);
    if (planned.length === 0) {
      const short = this.#memory.bits < FEWEST_BITS;
      this.#decision = `scan: ${short ? `codes have fewer than ${FEWEST_BITS} bits` : `no table fits ${this.#limit} bytes`}`;
      return null;
    }
    const runs = planned.map((run) => measureRun(this.#memory, count, run));
    if (this.#use === 'always') return runs;
    const reach = reachTimes(runs, this.#memory.bits);
    const { budget, saved } = bestBudget(this.#queries, this.#times, reach);
    const needed = buildTime(runs, count);
    this.#budget = budget;
    if (saved >= needed) return runs;
    this.#decision = `scan: tables would have saved ${inWords(saved)} of ${inWords(total)}, and take ${inWords(needed)} to make`;
    return null;
  }

  /** Makes tables now. */
  async build(runs: readonly TableRun[], count: number): Promise<void> {
    const change = this.#change;
    const tables = { count, tables: runs.map((run) => emptyTable(run, count)) };
    this.#building = this.#pool.fill(tables.tables).finally(() => (this.#building = null));
    await this.#building;
    if (change !== this.#change) return;
    this.#tables = tables;
    this.#decision = 'look up: tables were made';
  }

  /** The time that a scan for one of some queries takes, as looking up may take it: the two may use more or fewer threads. */
  #scanTime(queries: number, count: number): number {
    const { bits, wasm } = this.#memory;
    return scanTime(count, bits, queries, wasm !== null) / this.#pool.scanAdvantage(queries, count);
  }
}

function inWords(nanoseconds: number): string {
  return `${(nanoseconds / 1e9).toFixed(2)} s`;
}
