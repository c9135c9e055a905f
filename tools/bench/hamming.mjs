/**
 * Exact k-nearest-neighbour search by Hamming distance against faiss's IndexBinaryFlat: throughput in comparisons of a
 * query with a code, and whether the distances found are the same.
 *
 *     node tools/bench/hamming.mjs [--quick] [--json] [--threads 2]      (after npx nx build core)
 */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { HammingIndex, randomCodes, Rng } from '@hash/core';
import { bestOf, fastCodes, options, Peer, report, seconds } from './bench.mjs';

const K = 100;
const settings = options();
const sizes = settings.quick ? [59_000, 1_000_000] : [59_000, 1_000_000, 10_000_000];
const lengths = settings.quick ? [64] : [32, 64, 128];
const folder = mkdtempSync(join(tmpdir(), 'bench-'));
const peer = Peer.start('hammingPeer.py', settings);

async function search(size, bits, queryCount) {
  const codes = fastCodes(size, bits, 1);
  const queries = randomCodes(queryCount, bits, new Rng(2));
  const index = new HammingIndex(bits, { threads: settings.threads });
  index.add(codes);
  const files = { codes: join(folder, 'codes'), queries: join(folder, 'queries') };
  if (peer) {
    writeFileSync(files.codes, codes.data);
    writeFileSync(files.queries, queries.data);
    await peer.ask({ open: files, bits, threads: settings.threads });
  }
  const { distances } = await index.search(queries, K);
  if (peer) await checkDistances(distances, await peer.ask({ search: K }));
  const runs = settings.quick ? 3 : 5;
  const ours = () => seconds(() => index.search(queries, K));
  const theirs = peer && (async () => (await peer.ask({ search: K })).seconds);
  const best = await bestOf(runs, ours, theirs);
  await index.close();
  const pairs = (size * queryCount) / 1e9;
  report(settings, {
    bench: 'hamming',
    case: `${K}-NN, ${size.toLocaleString('en')} codes of ${bits} bits, ${queryCount} ${queryCount > 1 ? 'queries' : 'query'}`,
    ours: pairs / best.ours,
    peer: peer ? pairs / best.peer : undefined,
    peerName: 'faiss IndexBinaryFlat',
    unit: 'Gcodes/s',
  });
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

/** What the machine's memory gives, as the best a scan for a single query could reach. */
async function bandwidth() {
  const from = new Uint8Array(2 ** 28).fill(1);
  const to = new Uint8Array(2 ** 28);
  const { ours } = await bestOf(5, () => seconds(() => to.set(from)));
  report(settings, {
    bench: 'hamming',
    case: 'memory: copying, one thread',
    ours: (2 * 2 ** 28) / 1e9 / ours,
    unit: 'GB/s',
  });
}

await bandwidth();
for (const size of sizes) {
  for (const bits of lengths) await search(size, bits, 1000);
}
await search(sizes.at(-1), 64, 1);
peer?.close();
rmSync(folder, { recursive: true });
