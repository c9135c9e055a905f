import { type BinaryCodes, bytesPerCode } from '../codes/binaryCodes.js';
import { BLOCK, codeStride, SCRATCH_BYTES } from './kernels/scanLayout.js';
import { MAX_PAGES } from './wasm/wasmModule.js';
import { type SharedWasmMemory, webAssembly } from './wasm/webAssembly.js';

const PAGE = 65536;

/**
 * Shared memory that holds scratch room for the kernel of each thread, then codes, one every `stride` bytes. It grows in
 * place where there is WebAssembly, and by copying elsewhere.
 */
export class CodeMemory {
  readonly bits: number;
  readonly stride: number;
  /** Address of the first code. */
  readonly codes: number;
  readonly wasm: SharedWasmMemory | null;
  #plain = new SharedArrayBuffer(0);

  /** @param kernels  whether there will be WebAssembly kernels */
  constructor(bits: number, threads: number, kernels: boolean) {
    this.bits = bits;
    this.stride = codeStride(bits);
    this.codes = kernels ? threads * SCRATCH_BYTES : 0;
    const size = { initial: this.codes / PAGE, maximum: MAX_PAGES, shared: true } as const;
    this.wasm = kernels && webAssembly !== undefined ? new webAssembly.Memory(size) : null;
  }

  get buffer(): SharedArrayBuffer {
    return this.wasm?.buffer ?? this.#plain;
  }

  /** Makes room for `count` codes, and for kernels to read whole blocks. */
  reserve(count: number): void {
    const needed = this.codes + Math.ceil(count / BLOCK) * BLOCK * this.stride;
    const { byteLength } = this.buffer;
    if (needed <= byteLength) return;
    if (needed > MAX_PAGES * PAGE) {
      const most = Math.floor((MAX_PAGES * PAGE - this.codes) / this.stride);
      throw new RangeError(`HammingIndex: expected at most ${most} codes of ${this.bits} bits, but got ${count}.`);
    }
    // A quarter more than there is, so that growing to n codes takes some log n steps.
    const size = Math.min(MAX_PAGES * PAGE, Math.max(needed, byteLength + (byteLength - this.codes) / 4));
    if (this.wasm !== null) this.wasm.grow(Math.ceil((size - byteLength) / PAGE));
    else this.#plain = copied(this.#plain, Math.ceil(size));
  }

  /** Stores codes from position `at` on; there must be room. */
  write(at: number, { count, bits, data }: BinaryCodes): void {
    const width = bytesPerCode(bits);
    const bytes = new Uint8Array(this.buffer, this.codes + at * this.stride, count * this.stride);
    if (width === this.stride) {
      bytes.set(data);
      return;
    }
    bytes.fill(0);
    for (let i = 0; i < count; i++) bytes.set(data.subarray(i * width, (i + 1) * width), i * this.stride);
  }

  /** The codes of positions `from` to `to`, without the fill between them. */
  read(from: number, to: number): BinaryCodes {
    const width = bytesPerCode(this.bits);
    const bytes = new Uint8Array(this.buffer, this.codes + from * this.stride, (to - from) * this.stride);
    const data = new Uint8Array((to - from) * width);
    if (width === this.stride) data.set(bytes);
    else {
      for (let i = 0; i < to - from; i++) {
        data.set(bytes.subarray(i * this.stride, i * this.stride + width), i * width);
      }
    }
    return { count: to - from, bits: this.bits, data };
  }
}

function copied(buffer: SharedArrayBuffer, size: number): SharedArrayBuffer {
  const larger = new SharedArrayBuffer(size);
  new Uint8Array(larger).set(new Uint8Array(buffer));
  return larger;
}
