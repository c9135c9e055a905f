/**
 * The process that reads injured copies; `fuzz.mjs` starts it, and ends it where it does not come to an end itself.
 *
 * A copy lies in the folder, named by its number, for as long as it is read, and stays there with an account of what
 * happened where it was neither read nor refused; one with an account is not read again. What became of the copies is
 * reported a few times a second. Where so much memory is in use that a copy's own could not be seen any more, the process
 * ends, and another goes on.
 */
import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { extname, join } from 'node:path';
import { readsOrRefuses } from '@hash/core/testing';
import { Rng } from '@hash/core/random';
import { FORMATS } from './formats.mjs';

/** Of resident memory, for a single copy: the files are of some kilobytes. */
const MOST_BYTES = 300e6;

const REPORT_MS = 200;

const [name, seed, first, end, folder] = process.argv.slice(2);
const { originals, open, injuries, first: loading = [] } = FORMATS[name];
const contents = originals.map((path) => readFileSync(path));
const peak = () => process.resourceUsage().maxRSS * 1024;

/** @returns what became of it */
async function tryCopy(number) {
  const which = number % originals.length;
  const injure = injuries[Math.floor(number / originals.length) % injuries.length];
  const path = join(folder, `${number}${extname(originals[which])}`);
  if (existsSync(`${path}.txt`)) return 'failed';
  writeFileSync(path, injure(contents[which], new Rng(seed).fork(name, number)));
  const before = peak();
  try {
    const read = await readsOrRefuses(path, open);
    if (peak() - before > MOST_BYTES) throw new Error(`took ${peak() - before} bytes`);
    rmSync(path);
    return read ? 'read' : 'refused';
  } catch (error) {
    writeFileSync(`${path}.txt`, `${error.stack}\n${error.cause?.stack ?? ''}\n`);
    return 'failed';
  }
}

// What a reader loads at its first use is no copy's doing.
for (const path of [...loading, ...originals])
  if (!(await readsOrRefuses(path, open))) throw new Error(`cannot read ${path}`);
const start = peak();
let counts = { read: 0, refused: 0, failed: 0 };
let reported = 0;
function report() {
  process.send({ counts, peak: peak() });
  counts = { read: 0, refused: 0, failed: 0 };
  reported = performance.now();
}
report();
for (let number = Number(first); number < Number(end) && peak() - start < MOST_BYTES; number++) {
  counts[await tryCopy(number)]++;
  if (performance.now() - reported > REPORT_MS) report();
}
report();
process.disconnect();
