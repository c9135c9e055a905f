/**
 * How the cost of a query grows with the number of codes: comparing all, as HammingIndex chooses by itself, and faiss's
 * binary indexes, on random codes and on codes in clusters of fifty.
 *
 *     node tools/bench/hammingGrowth.mjs [--quick] [--json] [--threads 2] [--sizes 1e5,1e8] [--kinds random,clustered]
 *
 * (after npx nx build core)
 */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { HammingIndex } from '@hash/core';
import {
  bestOf,
  clusteredCodes,
  fastCodes,
  nearQueries,
  numbers,
  options,
  Peer,
  report,
  seconds,
} from './bench.mjs';

const BITS = 64;
const K = 10;
/** Building the others of faiss takes minutes beyond. */
const LARGEST = { IndexBinaryFlat: 1e8, IndexBinaryMultiHash: 1e7, IndexBinaryHNSW: 1e5 };
/** Searches after which the index has made up its mind. */
const WARM_UP = 8;

const settings = options({ sizes: { type: 'string' }, kinds: { type: 'string' } });
const sizes = numbers(settings.sizes, settings.quick ? [1e5, 1e6] : [1e5, 1e6, 1e7]);
const kinds = settings.kinds?.split(',') ?? ['random', 'clustered'];
const folder = mkdtempSync(join(tmpdir(), 'bench-'));
const peer = Peer.start('hammingPeer.py', settings);

/** The best time of searching, and what was found; `warmUp` searches come first. */
async function measure(codes, queries, tables, warmUp) {
  const index = new HammingIndex(BITS, { threads: settings.threads, tables });
  index.add(codes);
  const search = () => index.search(queries, K);
  for (let i = 0; i < warmUp; i++) await search();
  const { ours: time } = await bestOf(codes.count > 1e6 ? 3 : 15, () => seconds(search));
  const { distances } = await search();
  const { bits, decision } = index.statistics.tables;
  await index.close();
  return {
    time,
    distances,
    choice: bits.length === 0 ? decision : `${bits.length} tables of ${bits[0]} bits`,
  };
}

async function grow(kind, size) {
  const codes = kind === 'random' ? fastCodes(size, BITS, 1) : clusteredCodes(size, BITS);
  const queries = nearQueries(codes, size > 1e7 ? 32 : 100);
  const name = `${K}-NN, ${size.toLocaleString('en')} ${kind} codes of ${BITS} bits`;
  const row = { bench: 'hammingGrowth', unit: 'queries/s' };
  const flat = await measure(codes, queries, 'never', 1);
  report(settings, { ...row, case: `${name}, all compared`, ours: queries.count / flat.time });
  const own = await measure(codes, queries, 'auto', WARM_UP);
  const ours = queries.count / own.time;
  if (!own.distances.every((distance, i) => distance === flat.distances[i]))
    throw new Error('Tables found other distances than the scan.');
  report(settings, { ...row, case: `${name}, as chosen`, ours });
  console.error(`  ${own.choice}`);
  if (!peer) return;
  const files = { codes: join(folder, 'codes'), queries: join(folder, 'queries') };
  writeFileSync(files.codes, codes.data);
  writeFileSync(files.queries, queries.data);
  for (const [kind, largest] of Object.entries(LARGEST)) {
    if (size > largest) continue;
    await peer.ask({ open: files, bits: BITS, threads: settings.threads, kind });
    const runs = size > 1e7 ? 1 : 3;
    const theirs = (await bestOf(runs, async () => (await peer.ask({ search: K })).seconds)).ours;
    const { distances: found } = await peer.ask({ search: K, list: true });
    const recall = found.filter((distance, i) => distance === own.distances[i]).length / found.length;
    report(settings, {
      ...row,
      case: `${name}, as chosen`,
      ours,
      peer: queries.count / theirs,
      peerName: `faiss ${kind}, ${(100 * recall).toFixed(0)} % found`,
    });
  }
}

for (const kind of kinds) {
  for (const size of sizes) await grow(kind, size);
}
peer?.close();
rmSync(folder, { recursive: true });
