/**
 * Mean average precision against the field's NumPy loop, which sorts the database anew for each query: seconds for all
 * queries, and whether the values are the same under a stable sort.
 *
 *     node tools/bench/metrics.mjs [--quick] [--json] [--threads 2] [--large]      (after npx nx build core)
 *
 * With --large, 10,000 queries against a million items instead, alone, and the memory that it takes.
 */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  concatCodes,
  evaluateRetrievalInThreads,
  labelsFromMultiHot,
  packCodes,
  Rng,
  selectCodes,
  selectLabels,
} from '@hash/core';
import { bestOf, options, Peer, report, seconds } from './bench.mjs';

const BITS = 64;
const settings = options({ large: { type: 'boolean' } });
/** The loop takes the same time for each query: it is measured on so many. */
const PEER_QUERIES = settings.quick ? 20 : 100;
const folder = mkdtempSync(join(tmpdir(), 'bench-'));
const peer = settings.large ? null : Peer.start('metricsPeer.py', settings);

/** Items that are made at a time: their real values take much memory. */
const PIECE = 10_000;

/** Codes around a centre for each class, and labels with `perItem` classes on average. */
function items(count, classes, perItem, rng) {
  const labels = new Uint8Array(count * classes);
  const pieces = [];
  for (let from = 0; from < count; from += PIECE) {
    const size = Math.min(PIECE, count - from);
    pieces.push(codesAround(labels.subarray(from * classes, (from + size) * classes), size, perItem, rng));
  }
  return { codes: concatCodes(pieces), labels: labelsFromMultiHot(labels, count, classes), multiHot: labels };
}

/** Fills the labels of some items, and makes their codes. */
function codesAround(labels, count, perItem, rng) {
  const classes = labels.length / count;
  const values = new Float32Array(count * BITS);
  for (let i = 0; i < count; i++) {
    const first = rng.int(classes);
    labels[i * classes + first] = 1;
    for (let more = 1; more < perItem; more++)
      if (rng.chance(0.9)) labels[i * classes + rng.int(classes)] = 1;
    for (let bit = 0; bit < BITS; bit++) {
      values[i * BITS + bit] = ((first * 2654435761 * (bit + 1)) & 4096 ? 1 : -1) * 0.3 + rng.uniform(-1, 1);
    }
  }
  return packCodes(values, count, BITS);
}

/** The time and the memory of a million items. */
async function measureLarge() {
  const rng = new Rng('large');
  const [query, base] = [10_000, 1_000_000].map((count) => items(count, 10, 1, rng));
  const request = {
    databaseCodes: base.codes,
    databaseLabels: base.labels,
    queryCodes: query.codes,
    queryLabels: query.labels,
  };
  const row = { bench: 'metrics', case: 'mAP@all, 10,000 x 1,000,000' };
  const before = process.memoryUsage.rss();
  let peak = before;
  const onProgress = (done, total) => {
    peak = Math.max(peak, process.memoryUsage.rss());
    if (process.stderr.isTTY) process.stderr.write(`\r${done} of ${total} queries`);
  };
  const time = await seconds(() =>
    evaluateRetrievalInThreads(request, { threads: settings.threads, onProgress }),
  );
  report(settings, { ...row, ours: time, unit: 's' });
  report(settings, {
    ...row,
    case: '  resident memory before, with the data',
    ours: before / 1e6,
    unit: 'MB',
  });
  report(settings, { ...row, case: '  resident memory at its peak', ours: peak / 1e6, unit: 'MB' });
}

async function measure({ name, queries, database, classes, perItem }) {
  const rng = new Rng(name);
  const [query, base] = [queries, database].map((count) => items(count, classes, perItem, rng));
  const files = {
    queryCodes: query.codes.data,
    codes: base.codes.data,
    queryLabels: query.multiHot,
    labels: base.multiHot,
  };
  const paths = Object.fromEntries(Object.keys(files).map((key) => [key, join(folder, key)]));
  if (peer) {
    for (const [key, bytes] of Object.entries(files)) writeFileSync(paths[key], bytes);
    await peer.ask({ open: paths, bits: BITS, classes, queries: PEER_QUERIES });
  }
  const some = Uint32Array.from({ length: PEER_QUERIES }, (_, i) => i);
  const all = {
    databaseCodes: base.codes,
    databaseLabels: base.labels,
    queryCodes: query.codes,
    queryLabels: query.labels,
  };
  const few = {
    ...all,
    queryCodes: selectCodes(query.codes, some),
    queryLabels: selectLabels(query.labels, some),
  };
  const threads = { threads: settings.threads };
  for (const k of [1000, 'all']) {
    if (peer) {
      const [{ value }] = await evaluateRetrievalInThreads({ ...few, mapAt: [k] }, threads);
      const theirs = await peer.ask({ map: k === 'all' ? database : k });
      if (Math.abs(value - theirs.value) > 1e-9)
        throw new Error(`mAP@${k} differs: ${value} and ${theirs.value}.`);
    }
    const ours = () => seconds(() => evaluateRetrievalInThreads({ ...all, mapAt: [k] }, threads));
    const loop = async () =>
      (await peer.ask({ map: k === 'all' ? database : k })).seconds * (queries / PEER_QUERIES);
    const best = await bestOf(settings.quick ? 2 : 3, ours, peer && loop);
    report(settings, {
      bench: 'metrics',
      case: `mAP@${k}, ${name}: ${queries.toLocaleString('en')} x ${database.toLocaleString('en')}`,
      ours: queries / best.ours,
      peer: peer ? queries / best.peer : undefined,
      peerName: 'NumPy loop',
      unit: 'queries/s',
    });
  }
}

if (settings.large) await measureLarge();
else {
  await measure({ name: 'CIFAR-10', queries: 10_000, database: 50_000, classes: 10, perItem: 1 });
  if (!settings.quick)
    await measure({ name: 'COCO', queries: 5000, database: 117_218, classes: 80, perItem: 3 });
}
peer?.close();
rmSync(folder, { recursive: true });
