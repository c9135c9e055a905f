import type { TableRun } from './hashTables.js';

/**
 * What searching takes, in nanoseconds of one core, measured once (tools/bench/hammingGrowth.mjs); only the ratios
 * matter, and they are much alike on other machines.
 */
const TIMES = {
  /** A word of 64 bits in a scan for many queries, for few, and without kernels. */
  blockWord: 0.45,
  word: 1.2,
  plainWord: 30,
  /** To look a query up at all; then a value in a table; then to compare a code found there. Memory is read at random. */
  query: 5_000,
  lookUp: 100,
  compare: 150,
  /** To plan tables at all; then a code that is put into one; and a value that there may be in it. */
  plan: 20_000_000,
  tableCode: 45,
  tableValue: 2,
} as const;

/** From this many queries on, a scan works a block of codes out for all of them. */
export const BLOCK_QUERIES = 24;

/** A scan of `count` codes for one of `queries` queries. */
export function scanTime(count: number, bits: number, queries: number, kernels: boolean): number {
  const { blockWord, word, plainWord } = TIMES;
  const each = !kernels ? plainWord : queries < BLOCK_QUERIES ? word : blockWord;
  return count * Math.ceil(bits / 64) * each;
}

/** The making of tables. */
export function buildTime(runs: readonly TableRun[], count: number): number {
  return runs.reduce((time, { bits }) => time + count * TIMES.tableCode + 2 ** bits * TIMES.tableValue, 0);
}

/** No tables of `count` codes are made in less. */
export function leastBuildTime(count: number): number {
  return TIMES.plan + count * TIMES.tableCode;
}

/** Finding what differs in exactly `flips` bits of a run, where `found` codes do. */
export function lookUpTime(bits: number, flips: number, found: number): number {
  return binomial(bits, flips) * TIMES.lookUp + found * TIMES.compare;
}

/** Finding all codes up to each distance, [bits + 1]: see `TableScanner` for what is looked up in which table. */
export function reachTimes(runs: readonly TableRun[], bits: number): Float64Array {
  const times = new Float64Array(bits + 1);
  for (let distance = 0, time = TIMES.query; distance <= bits; distance++) {
    const run = runs[distance % runs.length]!;
    const flips = Math.floor(distance / runs.length);
    time += lookUpTime(run.bits, flips, run.near[flips] ?? 0);
    times[distance] = time;
  }
  return times;
}

function binomial(n: number, k: number): number {
  let ways = k > n ? 0 : 1;
  for (let i = 1; i <= Math.min(k, n); i++) ways = (ways * (n - i + 1)) / i;
  return ways;
}
