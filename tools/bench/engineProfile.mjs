/**
 * Where the time of a case of the engine benchmark goes, by kind of ONNX node:
 *
 *     node tools/bench/engineProfile.mjs MobileNetV2 [--threads 2]      (after npx nx build core)
 */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { cases } from './engineCases.mjs';

const { values, positionals } = parseArgs({
  options: { threads: { type: 'string', default: '2' } },
  allowPositionals: true,
});
const item = cases.find(({ name }) => name.includes(positionals[0] ?? ''));
if (item === undefined)
  throw new Error(`No case has '${positionals[0]}' in its name: ${cases.map(({ name }) => name).join('; ')}`);

const folder = mkdtempSync(join(tmpdir(), 'profile-'));
const program = fileURLToPath(new URL('engineRun.mjs', import.meta.url));
const run = [
  ...process.execArgv,
  program,
  item.name,
  'onnxruntime',
  values.threads,
  '5',
  join(folder, 'run'),
];
const { status } = spawnSync(process.execPath, run, { stdio: 'inherit' });
if (status !== 0) process.exit(1);

const times = new Map();
let total = 0;
for (const file of readdirSync(folder)) {
  for (const { cat, dur, name, args } of JSON.parse(readFileSync(join(folder, file), 'utf8'))) {
    if (cat !== 'Node' || !name.endsWith('_kernel_time')) continue;
    const { time = 0, count = 0 } = times.get(args.op_name) ?? {};
    times.set(args.op_name, { time: time + dur, count: count + 1 });
    total += dur;
  }
}
rmSync(folder, { recursive: true });
console.log(item.name);
for (const [kind, { time, count }] of [...times].sort(([, a], [, b]) => b.time - a.time).slice(0, 15)) {
  const share = `${((100 * time) / total).toFixed(1)} %`;
  console.log(`${kind.padEnd(24)}${share.padStart(8)}  ${(time / count / 1000).toFixed(3)} ms each`);
}
