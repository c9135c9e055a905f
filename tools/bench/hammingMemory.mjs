/**
 * What an index of 100 million codes of 64 bits takes above the codes themselves while it grows, is searched, saved and
 * loaded: the peak of the whole process, Node included.
 *
 *     node tools/bench/hammingMemory.mjs [--quick] [--json] [--threads 2] [--tables always]      (after npx nx build core)
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { HammingIndex, selectCodes } from '@hash/core';
import { blurred, fastCodes, nearQueries, options, report, seconds } from './bench.mjs';

const BITS = 64;
const PIECE = 1e6;
const settings = options({ tables: { type: 'string', default: 'auto' } });
const { threads, tables } = settings;
const size = settings.quick ? 1e7 : 1e8;
const folder = mkdtempSync(join(tmpdir(), 'bench-'));
const path = join(folder, 'codes.idx');

/** A piece of codes in clusters of fifty, which are spread over the whole database. */
function piece(number, centres) {
  const order = Uint32Array.from({ length: PIECE }, (_, i) => (number * PIECE + i) % centres.count);
  return blurred(selectCodes(centres, order), number * PIECE);
}

async function step(name, work) {
  const time = await seconds(work);
  const row = { bench: 'hammingMemory', case: `${size.toLocaleString('en')} codes: ${name}` };
  report(settings, { ...row, ours: time, unit: 's' });
  // Kibibytes.
  const above = process.resourceUsage().maxRSS * 1024 - (size * BITS) / 8;
  report(settings, { ...row, case: '  peak so far, above the codes', ours: above / 1e6, unit: 'MB' });
}

let queries;
let index = new HammingIndex(BITS, { threads, tables });
await step('adding', () => {
  const centres = fastCodes(size / 50, BITS, 3);
  for (let number = 0; number < size / PIECE; number++) {
    const codes = piece(number, centres);
    index.add(codes);
    if (number === 0) queries = nearQueries(codes, 32);
  }
});
await step('10 searches for 32 queries', async () => {
  for (let i = 0; i < 10; i++) await index.search(queries, 10);
});
console.error(`  ${JSON.stringify(index.statistics)}`);
await step('saving', () => index.save(path));
await index.close();
index = null;
await step('loading', async () => {
  index = await HammingIndex.load(path, { threads, tables });
});
rmSync(folder, { recursive: true });
