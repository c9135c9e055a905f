/**
 * Training steps and inference on the ONNX Runtime backend against PyTorch on the CPU, and on some lines against
 * TensorFlow.js's wasm backend, which takes minutes where it can train at all.
 *
 *     node tools/bench/engine.mjs [--quick] [--json] [--threads 2] [--only ResNet]      (after npx nx build core)
 *
 * Every measurement is a process of its own, so that peak memory is its own too: what the process needed at most, less
 * what it had when its libraries were loaded.
 */
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { options, report } from './bench.mjs';
import { cases } from './engineCases.mjs';

const settings = options({ only: { type: 'string', default: '' } });
const limit = settings.quick ? 1 : 5;
const rounds = settings.quick ? 1 : 3;
const hasPeer = existsSync(settings.python);
if (!hasPeer) console.error('Measuring ours alone: for the peers, run tools/bench/setup first.');

const path = (file) => fileURLToPath(new URL(file, import.meta.url));

function measure(program, ...parameters) {
  const { stdout, stderr, status } = spawnSync(program, parameters.map(String), { encoding: 'utf8' });
  if (status !== 0) throw new Error(/^.*Error: .*$/m.exec(stderr)?.[0] ?? stderr.trim());
  return JSON.parse(stdout.trim().split('\n').at(-1));
}

function onEngine(engine, { name }, seconds) {
  const program = [...process.execArgv, path('engineRun.mjs')];
  return measure(process.execPath, ...program, name, engine, settings.threads, seconds);
}

const onPyTorch = (item) =>
  measure(settings.python, path('enginePeer.py'), JSON.stringify(item), settings.threads, limit);

/** The least of each number over the rounds. */
function best(results) {
  const least = (key) => Math.min(...results.map((result) => result[key]));
  return { ...results[0], milliseconds: least('milliseconds'), peakBytes: least('peakBytes') };
}

/** TensorFlow.js's wasm backend lacks kernels that training needs; undefined, with a word about it, where it cannot. */
function onWasm(item) {
  try {
    return onEngine('wasm', item, 0);
  } catch ({ message }) {
    console.error(`${item.name} on wasm: ${message}`);
    return undefined;
  }
}

const wanted = ({ name, quick }) => (quick || !settings.quick) && name.includes(settings.only);
for (const item of cases.filter(wanted)) {
  const [ours, peers] = [[], []];
  for (let round = 0; round < rounds; round++) {
    ours.push(onEngine('onnxruntime', item, limit));
    if (hasPeer) peers.push(onPyTorch(item));
  }
  const own = best(ours);
  const peer = hasPeer ? best(peers) : undefined;
  const line = (what, unit, value, other, otherName) =>
    report(settings, {
      bench: 'engine',
      case: `${item.name}: ${what}`,
      ours: value(own),
      peer: other && value(other),
      peerName: otherName,
      unit,
    });
  const torch = peer && `PyTorch ${peer.version}`;
  const gflop = item.forwardGflop * item.batch * (item.training ? 3 : 1);
  const milliseconds = (result) => result.milliseconds;
  line('time', 'ms', milliseconds, peer, torch);
  const wasm = item.wasm && !settings.quick ? onWasm(item) : undefined;
  if (wasm) line('time', 'ms', milliseconds, wasm, 'wasm');
  line('speed', 'GFLOP/s', (result) => (1000 * gflop) / result.milliseconds, peer, torch);
  line('peak memory', 'MiB', (result) => result.peakBytes / 2 ** 20, peer, torch);
  line('compilation', 'ms', (result) => result.compileMilliseconds);
  const fallbacks = Object.keys(own.fallbacks);
  if (fallbacks.length > 0) console.error(`${item.name}: in JavaScript: ${fallbacks.join(', ')}`);
}
