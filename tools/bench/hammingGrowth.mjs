/**
 * How the cost of a query grows with the number of codes: a flat scan, multi-index hashing where it pays, and faiss's
 * binary indexes, on random codes and on codes in clusters of about fifty.
 *
 *     node tools/bench/hammingGrowth.mjs [--quick] [--json] [--threads 2] [--largest 1e7]     (after npx nx build core)
 */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { HammingIndex, selectCodes } from '@hash/core';
import { bestOf, fastCodes, options, Peer, report, seconds } from './bench.mjs';

const BITS = 64;
const QUERIES = 100;
const K = 10;
/** Building the graph of faiss takes minutes beyond. */
const LARGEST_GRAPH = 1e5;
const CLUSTER = 50;

const settings = options({ largest: { type: 'string' } });
const largest = Number(settings.largest ?? (settings.quick ? 1e6 : 1e7));
const sizes = [1e5, 1e6, 1e7, 1e8].filter((size) => size <= largest);
const folder = mkdtempSync(join(tmpdir(), 'bench-'));
const peer = Peer.start('hammingPeer.py', settings);

/** Flips three bits of each code, which ones by its number. */
function blurred(codes) {
  for (let i = 0; i < codes.count; i++) {
    for (let flip = 1; flip <= 3; flip++) {
      const bit = (Math.imul(i + 1, 0x9e3779b1 * flip) >>> 16) % BITS;
      codes.data[i * (BITS / 8) + (bit >> 3)] ^= 1 << (bit & 7);
    }
  }
  return codes;
}

function clusteredCodes(count) {
  const centres = fastCodes(Math.ceil(count / CLUSTER), BITS, 3);
  return blurred(
    selectCodes(
      centres,
      Uint32Array.from({ length: count }, (_, i) => i % centres.count),
    ),
  );
}

async function grow(kind, size) {
  const codes = kind === 'random' ? fastCodes(size, BITS, 1) : clusteredCodes(size);
  const queries = blurred(
    selectCodes(
      codes,
      Uint32Array.from({ length: QUERIES }, (_, i) => Math.floor((i * size) / QUERIES)),
    ),
  );
  const index = new HammingIndex(BITS, { threads: settings.threads });
  index.add(codes);
  const search = () => seconds(() => index.search(queries, K));
  await search();
  const flat = (await bestOf(3, search)).ours;
  const name = `${K}-NN, ${size.toLocaleString('en')} ${kind} codes of ${BITS} bits`;
  const row = { bench: 'hammingGrowth', unit: 'queries/s' };
  report(settings, { ...row, case: `${name}, flat scan`, ours: QUERIES / flat });
  index.buildTables();
  await search();
  const own = (await bestOf(3, search)).ours;
  const { distances } = await index.search(queries, K);
  await index.close();
  if (!peer) return report(settings, { ...row, case: `${name}, tables`, ours: QUERIES / own });
  const files = { codes: join(folder, 'codes'), queries: join(folder, 'queries') };
  writeFileSync(files.codes, codes.data);
  writeFileSync(files.queries, queries.data);
  for (const kind of [
    'IndexBinaryFlat',
    'IndexBinaryMultiHash',
    ...(size <= LARGEST_GRAPH ? ['IndexBinaryHNSW'] : []),
  ]) {
    await peer.ask({ open: files, bits: BITS, threads: settings.threads, kind });
    const theirs = (await bestOf(3, async () => (await peer.ask({ search: K })).seconds)).ours;
    const { distances: found } = await peer.ask({ search: K, list: true });
    const recall = found.filter((distance, i) => distance === distances[i]).length / found.length;
    report(settings, {
      ...row,
      case: `${name}, tables`,
      ours: QUERIES / own,
      peer: QUERIES / theirs,
      peerName: `faiss ${kind}, ${(100 * recall).toFixed(0)} % found`,
    });
  }
}

for (const kind of ['random', 'clustered']) {
  for (const size of sizes) await grow(kind, size);
}
peer?.close();
rmSync(folder, { recursive: true });
