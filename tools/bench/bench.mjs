import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { selectCodes } from '@hash/core';

const PYTHON = fileURLToPath(new URL('.venv/bin/python', import.meta.url));

/**
 * `--quick` for a run of at most a minute, `--json` for one object a line, `--threads N` for both sides, `--python PATH`
 * for peers that are installed elsewhere.
 *
 * @param more  options of one benchmark, for `parseArgs`
 */
export function options(more = {}) {
  const { values } = parseArgs({
    options: {
      quick: { type: 'boolean', default: false },
      json: { type: 'boolean', default: false },
      threads: { type: 'string', default: '2' },
      python: { type: 'string', default: PYTHON },
      ...more,
    },
  });
  return { ...values, threads: Number(values.threads) };
}

/** The numbers of an option such as `--sizes 1e5,1e7`, or others where it is not given. */
export function numbers(text, others) {
  return text === undefined ? others : text.split(',').map(Number);
}

/**
 * A Python script that answers one line of JSON with another. Null, with a word about it, where the peers are not
 * installed.
 */
export class Peer {
  #process;
  #lines;

  static start(script, { python, threads }) {
    if (!existsSync(python)) {
      console.error('Measuring ours alone: for the peers, run tools/bench/setup first.');
      return null;
    }
    return new Peer(script, python, threads);
  }

  constructor(script, python, threads) {
    const limits = ['OMP', 'OPENBLAS', 'MKL'].map((library) => [`${library}_NUM_THREADS`, String(threads)]);
    this.#process = spawn(python, [fileURLToPath(new URL(script, import.meta.url))], {
      stdio: ['pipe', 'pipe', 'inherit'],
      env: { ...process.env, ...Object.fromEntries(limits) },
    });
    this.#lines = createInterface(this.#process.stdout)[Symbol.asyncIterator]();
  }

  async ask(question) {
    this.#process.stdin.write(`${JSON.stringify(question)}\n`);
    const { value, done } = await this.#lines.next();
    if (done) throw new Error('The peer ended without an answer.');
    return JSON.parse(value);
  }

  close() {
    this.#process.stdin.end();
  }
}

/** The seconds that `work` takes. */
export async function seconds(work) {
  const start = performance.now();
  await work();
  return (performance.now() - start) / 1000;
}

/** The best times of two sides in alternating runs, so that a busy moment of the machine hits both. */
export async function bestOf(runs, ours, peer) {
  const best = { ours: Infinity, peer: Infinity };
  for (let i = 0; i < runs; i++) {
    best.ours = Math.min(best.ours, await ours());
    if (peer) best.peer = Math.min(best.peer, await peer());
  }
  return best;
}

/** Random codes, made quickly: they need no better generator than a multiplication. */
export function fastCodes(count, bits, seed) {
  const words = new Uint32Array(Math.ceil((count * bits) / 32));
  let state = seed;
  for (let i = 0; i < words.length; i++) {
    state = (Math.imul(state, 1664525) + 1013904223) | 0;
    words[i] = Math.imul(state ^ (state >>> 15), 0x2c1b3c6d);
  }
  return { count, bits, data: new Uint8Array(words.buffer, 0, (count * bits) / 8) };
}

/** Flips three bits of each code, which ones by its number: `first` and on. */
export function blurred(codes, first = 0) {
  for (let i = 0; i < codes.count; i++) {
    for (let flip = 1; flip <= 3; flip++) {
      const bit = (Math.imul(first + i + 1, 0x9e3779b1 * flip) >>> 16) % codes.bits;
      codes.data[i * (codes.bits / 8) + (bit >> 3)] ^= 1 << (bit & 7);
    }
  }
  return codes;
}

/** Codes in clusters of fifty that differ in up to six bits. */
export function clusteredCodes(count, bits) {
  const centres = fastCodes(Math.ceil(count / 50), bits, 3);
  const order = Uint32Array.from({ length: count }, (_, i) => i % centres.count);
  return blurred(selectCodes(centres, order));
}

/** Codes that differ in three bits from some that are spread over the database. */
export function nearQueries(codes, count) {
  const order = Uint32Array.from({ length: count }, (_, i) => Math.floor((i * codes.count) / count));
  return blurred(selectCodes(codes, order));
}

/** Prints rows as they come: for people, or with `--json` for programs. */
export function report({ json }, { bench, case: name, ours, peer, peerName, unit }) {
  const ratio = peer === undefined ? null : ours / peer;
  const row = {
    bench,
    case: name,
    ours,
    peer: peer ?? null,
    peerName: peer === undefined ? null : peerName,
    unit,
    ratio,
  };
  if (json) console.log(JSON.stringify(row));
  else {
    const against = ratio === null ? '' : `${short(peer)} ${peerName}   ratio ${short(ratio)}`;
    console.log(`${name.padEnd(58)} ${short(ours).padStart(9)} ${unit.padEnd(12)} ${against}`);
  }
}

function short(value) {
  return value.toLocaleString('en', { maximumSignificantDigits: 3 });
}
