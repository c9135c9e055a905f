/**
 * Gives every reader of files injured copies of small files. Each copy must be read or refused with an error that names the
 * file, within time and memory.
 *
 *     node --import tsx --conditions=@hash/source tools/fuzz/fuzz.mjs [--copies 100000] [--seed 1] [--folder runs/fuzz] [format ...]
 *
 * After an interruption it goes on where it was. Copies that were neither read nor refused stay in the folder, with an
 * account of what happened. Prints a table, and fails where there are any.
 */
import { fork } from 'node:child_process';
import { mkdirSync, readdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { clearInterval, setInterval } from 'node:timers';
import { parseArgs } from 'node:util';
import { FORMATS } from './formats.mjs';

/** For a file of kilobytes, on a machine that others use too. */
const MOST_SECONDS = 60;

/** Of objects, in a process that reads copies. */
const MOST_HEAP_MB = 512;

const { values: options, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    copies: { type: 'string', default: '100000' },
    seed: { type: 'string', default: '1' },
    folder: { type: 'string', default: 'runs/fuzz' },
  },
});
const copies = Number(options.copies);
if (!Number.isSafeInteger(copies) || copies < 1)
  throw new Error(`--copies: expected a positive integer, but got '${options.copies}'.`);
const unknown = positionals.find((name) => !Object.hasOwn(FORMATS, name));
if (unknown !== undefined)
  throw new Error(`unknown format '${unknown}'; known: ${Object.keys(FORMATS).join(', ')}.`);

/** What is known of a format's copies, kept in a file. */
class Progress {
  #name;
  #path;
  state = { read: 0, refused: 0, failed: 0, processes: 0, seconds: 0, peak: 0 };

  constructor(name) {
    this.#name = name;
    this.#path = join(options.folder, `${name}-${options.seed}.json`);
    try {
      this.state = JSON.parse(readFileSync(this.#path, 'utf8'));
    } catch (error) {
      if (error.code !== 'ENOENT') throw error;
    }
  }

  get done() {
    const { read, refused, failed } = this.state;
    return read + refused + failed;
  }

  add(counts, peak) {
    for (const [became, count] of Object.entries(counts)) this.state[became] += count;
    this.state.peak = Math.max(this.state.peak, peak);
  }

  /** Keeps the state and shows it. */
  save() {
    writeFileSync(`${this.#path}.part`, JSON.stringify(this.state));
    renameSync(`${this.#path}.part`, this.#path);
    const { read, refused, failed, seconds } = this.state;
    console.error(
      `${this.#name}: ${this.done} of ${copies}: ${read} read, ${refused} refused, ${failed} failed, ${seconds} s`,
    );
  }
}

/** One process reads copies until they are done, it gives way, it crashes or it has to be ended. */
function readCopies(name, progress, folder) {
  const program = fileURLToPath(new URL('copies.mjs', import.meta.url));
  const place = [name, options.seed, progress.done, copies, folder].map(String);
  const execArgv = [...process.execArgv, `--max-old-space-size=${MOST_HEAP_MB}`];
  const child = fork(program, place, { execArgv, silent: true });
  progress.state.processes++;
  // Loading the sources takes its time.
  let [idle, started, output] = [-MOST_SECONDS, false, ''];
  child.on('message', ({ counts, peak }) => {
    [idle, started] = [0, true];
    progress.add(counts, peak);
  });
  // Counts seconds in which this process runs too: whoever stops both for a while has not found a slow reader.
  const watch = setInterval(() => {
    progress.state.seconds++;
    if (progress.state.seconds % 10 === 0) progress.save();
    if (++idle > MOST_SECONDS) child.kill('SIGKILL');
  }, 1000);
  child.stdout.resume();
  child.stderr.on('data', (chunk) => (output = (output + chunk).slice(-10_000)));
  return new Promise((resolve, reject) => {
    child.on('close', (code, signal) => {
      clearInterval(watch);
      if (!started)
        return reject(new Error(`${name}: no copy was read: ${signal ?? `exit ${code}`}\n${output}`));
      if (code !== 0) blame(folder, `${signal ?? `exit ${code}`} after ${idle} s\n${output}`);
      progress.save();
      resolve();
    });
  });
}

/** The copy at which a process came to its end has no account yet. */
function blame(folder, account) {
  const files = readdirSync(folder);
  const copies = files.filter((file) => !file.endsWith('.txt') && !files.includes(`${file}.txt`));
  const last = copies.sort((a, b) => parseInt(b) - parseInt(a))[0];
  writeFileSync(join(folder, `${last}.txt`), account);
}

console.log(
  '| format | copies | read | refused | failed | seconds | memory, MB |\n| --- | ---: | ---: | ---: | ---: | ---: | ---: |',
);
for (const name of positionals.length > 0 ? positionals : Object.keys(FORMATS)) {
  const folder = join(options.folder, name);
  mkdirSync(folder, { recursive: true });
  const progress = new Progress(name);
  while (progress.done < copies) await readCopies(name, progress, folder);
  const { read, refused, failed, seconds, peak } = progress.state;
  if (failed > 0) process.exitCode = 1;
  const cells = [`\`${name}\``, progress.done, read, refused, failed, seconds, Math.round(peak / 1e6)];
  console.log(`| ${cells.join(' | ')} |`);
}
