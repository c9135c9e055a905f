/**
 * Iterative quantisation of features against the same in NumPy, float64 on both sides: items per second, learned from and
 * encoded, and whether both lose as much by taking signs.
 *
 *     node tools/bench/itq.mjs [--quick] [--json] [--threads 2]      (after npx nx build core)
 *
 * Ours runs on one thread, whatever --threads says.
 */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { itq, Rng } from '@hash/core';
import { bestOf, options, Peer, report, seconds } from './bench.mjs';

const settings = options();
const WIDTH = settings.quick ? 256 : 1280;
const TRAIN = 5000;
const DATABASE = settings.quick ? 5000 : 50_000;
const folder = mkdtempSync(join(tmpdir(), 'bench-'));
const peer = Peer.start('itqPeer.py', settings);

/** Numbers like those of a ReLU, whose variances fall as those of a network's features do. */
function features(count, rng) {
  const parts = 200;
  const loads = Float32Array.from({ length: parts * WIDTH }, (_, at) => rng.normal() / (1 + at / WIDTH / 8));
  const data = new Float32Array(count * WIDTH);
  for (let i = 0; i < count; i++) {
    const row = data.subarray(i * WIDTH, (i + 1) * WIDTH);
    // Each item is of a tenth of the parts.
    for (let part = rng.int(10); part < parts; part += 10) {
      const factor = rng.normal();
      for (let j = 0; j < WIDTH; j++) row[j] += factor * loads[part * WIDTH + j];
    }
    for (let j = 0; j < WIDTH; j++) row[j] = Math.max(0, row[j]);
  }
  return { count, width: WIDTH, data };
}

const rng = new Rng('itq');
const all = features(DATABASE, rng);
const train = { ...all, count: TRAIN, data: all.data.subarray(0, TRAIN * WIDTH) };
const path = join(folder, 'features');
if (peer) {
  writeFileSync(path, all.data);
  await peer.ask({ open: path, width: WIDTH, train: TRAIN });
}
for (const bits of [16, 64]) {
  let hasher;
  let theirs;
  const learn = () => seconds(() => (hasher = itq(train, bits, { rng: new Rng(1) })));
  const learnThere = async () => (theirs = await peer.ask({ learn: bits })).seconds;
  const learned = await bestOf(2, learn, peer && learnThere);
  const error = hasher.errors.at(-1);
  if (peer && Math.abs(error / theirs.error - 1) > 0.02)
    throw new Error(`${bits} bits: the errors differ: ${error} and ${theirs.error}.`);
  const encode = () => seconds(() => hasher.encode(all));
  const encoded = await bestOf(3, encode, peer && (async () => (await peer.ask({ encode: true })).seconds));
  for (const [work, count, best] of [
    ['learn', TRAIN, learned],
    ['encode', DATABASE, encoded],
  ])
    report(settings, {
      bench: 'itq',
      case: `${work}, ${bits} bits, ${count.toLocaleString('en')} x ${WIDTH}`,
      ours: count / best.ours,
      peer: peer ? count / best.peer : undefined,
      peerName: 'NumPy',
      unit: 'items/s',
    });
}
peer?.close();
rmSync(folder, { recursive: true });
