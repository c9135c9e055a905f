import type { CodeMemory } from './codeMemory.js';
import { BLOCK, MAX_QUERIES, scanLayout, type ScanLayout, SCRATCH_BYTES } from './kernels/scanLayout.js';
import { type ScanKernels, scanModule } from './kernels/scanModule.js';
import { type Matches, matchesOf, type Pairs } from './matches.js';
import { QueryBatch } from './queryBatch.js';
import type { Scan, Scanner } from './scanner.js';
import { BLOCK_QUERIES } from './searchTime.js';
import { webAssembly } from './wasm/webAssembly.js';

/** Codes that are compared with one query before it is the next one's turn: few enough to stay in the cache. */
const CHUNK = 2048;

/** The scanner that uses the WebAssembly kernels, in the scratch memory of one thread. */
export class WasmScanner implements Scanner {
  readonly #memory: CodeMemory;
  readonly #layout: ScanLayout;
  readonly #kernels: ScanKernels;
  readonly #scratch: Uint8Array;

  /** @param thread  from 0; no two scanners at work may have the same */
  constructor(memory: CodeMemory, thread: number) {
    this.#memory = memory;
    this.#layout = scanLayout(memory.bits, thread * SCRATCH_BYTES);
    const module = new webAssembly!.Module(scanModule(this.#layout));
    const instance = new webAssembly!.Instance(module, { env: { memory: memory.wasm } });
    this.#kernels = instance.exports as ScanKernels;
    this.#scratch = new Uint8Array(memory.buffer, 0, this.#layout.end);
    this.#writeBiases();
  }

  scan({ queries, k, radius, from, to }: Scan): Matches {
    const { stride, entries, end } = this.#layout;
    const count = queries.length / stride;
    const wanted = Math.min(k, to - from);
    const pairs = Math.floor((end - entries) / 8);
    // Room for twice as many pairs as are wanted, so that they need not be sifted often.
    const most = Math.max(1, Math.floor(pairs / (2 * wanted + 4 * BLOCK)));
    const size = Math.min(MAX_QUERIES, count, most);
    const found: Pairs[] = [];
    for (let at = 0; at < count; at += size) {
      const some = queries.subarray(at * stride, (at + size) * stride);
      const room = Math.floor(pairs / size);
      const batch = new QueryBatch(this.#layout, this.#scratch, some, { k: wanted, radius, room });
      if (batch.count < BLOCK_QUERIES) this.#scanCodes(batch, from, to);
      else this.#scanBlocks(batch, from, to);
      found.push(...batch.finish());
    }
    return matchesOf(found);
  }

  #scanBlocks(batch: QueryBatch, from: number, to: number): void {
    for (let at = from; at < to; at += BLOCK) {
      const count = Math.min(BLOCK, to - at);
      if (this.#kernels.scanBlock(this.#address(at), at, count, batch.count)) batch.drain();
    }
  }

  #scanCodes(batch: QueryBatch, from: number, to: number): void {
    for (let chunk = from; chunk < to; chunk += CHUNK) {
      const end = Math.min(to, chunk + CHUNK);
      for (let query = 0; query < batch.count; query++) {
        for (let at = chunk; at < end;) {
          at += this.#kernels.scanCodes(this.#address(at), at, end - at, query);
          if (at < end) batch.drain();
        }
      }
    }
  }

  #address(position: number): number {
    return this.#memory.codes + position * this.#layout.stride;
  }

  #writeBiases(): void {
    const { bits, digits, biases } = this.#layout;
    for (let limit = 0; limit <= bits + 1; limit++) {
      // Limit 0 has the bias of 1: 2^digits would not fit, and the exact comparison that follows lets nothing pass.
      const bias = 2 ** digits - Math.max(limit, 1);
      for (let weight = 0; weight < digits; weight++) {
        const plane = biases + 16 * (limit * digits + weight);
        this.#scratch.fill((bias >> weight) & 1 ? 0xff : 0, plane, plane + 16);
      }
    }
  }
}
