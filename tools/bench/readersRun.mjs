/** The process that `readers.mjs` measures: it reads a small file, then a large one, array by array. */
import { openWeights } from '@hash/backbones';
import { seconds } from './bench.mjs';

const [small, large] = process.argv.slice(2);

async function readAll(path) {
  const file = await openWeights(path);
  for (const name of file.arrays.keys()) await file.read(name);
  await file.close();
}

// Kibibytes.
const peak = () => process.resourceUsage().maxRSS * 1024;
await readAll(small);
const before = peak();
const time = await seconds(() => readAll(large));
console.log(JSON.stringify({ megabytes: (peak() - before) / 1e6, seconds: time }));
