/**
 * Exact k-nearest-neighbour search by Hamming distance, comparing all codes, against faiss's IndexBinaryFlat: throughput
 * in comparisons of a query with a code, and whether the distances found are the same.
 *
 *     node tools/bench/hamming.mjs [--quick] [--json] [--threads 2] [--sizes 59000,1e6,1e7] [--bits 32,64,128]
 *
 * (after npx nx build core)
 */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { HammingIndex, randomCodes, Rng } from '@hash/core';
import { bestOf, fastCodes, numbers, options, Peer, report, seconds } from './bench.mjs';

const K = 100;
const settings = options({ sizes: { type: 'string' }, bits: { type: 'string' } });
const sizes = numbers(settings.sizes, settings.quick ? [59_000, 1e6] : [59_000, 1e6, 1e7]);
const lengths = numbers(settings.bits, settings.quick ? [64] : [32, 64, 128]);
const folder = mkdtempSync(join(tmpdir(), 'bench-'));
const peer = Peer.start('hammingPeer.py', settings);

async function search(codes, queryCount, read) {
  const { count: size, bits } = codes;
  const queries = randomCodes(queryCount, bits, new Rng(2));
  const index = new HammingIndex(bits, { threads: settings.threads, tables: 'never' });
  index.add(codes);
  const files = { codes: join(folder, 'codes'), queries: join(folder, 'queries') };
  if (peer) {
    writeFileSync(files.codes, codes.data);
    writeFileSync(files.queries, queries.data);
    await peer.ask({ open: files, bits, threads: settings.threads });
  }
  const { distances } = await index.search(queries, K);
  if (peer) await checkDistances(distances, await peer.ask({ search: K }));
  const runs = settings.quick ? 3 : queryCount === 1 ? 20 : 5;
  const ours = () => seconds(() => index.search(queries, K));
  const theirs = peer && (async () => (await peer.ask({ search: K })).seconds);
  const best = await bestOf(runs, ours, theirs);
  await index.close();
  const pairs = (size * queryCount) / 1e9;
  const row = { bench: 'hamming', peerName: 'faiss IndexBinaryFlat' };
  const name = `${K}-NN, ${size.toLocaleString('en')} codes of ${bits} bits`;
  if (queryCount === 1) {
    const rates = { ours: 1 / best.ours, peer: peer ? 1 / best.peer : undefined };
    return report(settings, { ...row, ...rates, case: `${name}, one query at a time`, unit: 'queries/s' });
  }
  const rates = { ours: pairs / best.ours, peer: peer ? pairs / best.peer : undefined };
  report(settings, { ...row, ...rates, case: `${name}, ${queryCount} queries`, unit: 'Gcodes/s' });
  const perCore = rates.ours / settings.threads;
  report(settings, { ...row, ours: perCore, case: '  per core', unit: 'Gcodes/s' });
  const asBytes = (perCore * bits) / 8 / read;
  report(settings, { ...row, ours: asBytes, case: '  as a multiple of what one core reads', unit: 'x' });
}

/** @throws Error where faiss finds other distances */
function checkDistances(ours, { sum, last }) {
  const sumOfOurs = ours.reduce((total, distance) => total + distance, 0);
  if (sumOfOurs !== sum || ours.at(-1) !== last) {
    throw new Error(
      `Distances differ from faiss's: sum ${sumOfOurs} and ${sum}, last ${ours.at(-1)} and ${last}.`,
    );
  }
}

/** How many GB/s one core reads from memory: what a scan could not exceed if it read all codes for each query. */
async function bandwidth() {
  const [one, other] = [Buffer.alloc(2 ** 28, 1), Buffer.alloc(2 ** 28, 1)];
  const { ours: time } = await bestOf(5, () => seconds(() => one.equals(other)));
  const ours = (2 * one.length) / 1e9 / time;
  report(settings, { bench: 'hamming', case: 'memory: reading, one core', ours, unit: 'GB/s' });
  return ours;
}

const read = await bandwidth();
for (const size of sizes) {
  for (const bits of lengths) {
    const codes = fastCodes(size, bits, 1);
    await search(codes, size > 1e6 ? 200 : 1000, read);
    await search(codes, 1, read);
  }
}
peer?.close();
rmSync(folder, { recursive: true });
