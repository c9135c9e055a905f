import { type BinaryCodes, bytesPerCode } from '../codes/binaryCodes.js';
import { BLOCK, codeStride, SCRATCH_BYTES } from './kernels/scanLayout.js';
import { MAX_PAGES } from './wasm/wasmModule.js';
import { type SharedWasmMemory, webAssembly } from './wasm/webAssembly.js';

const PAGE = 65536;

/** A {@link CodeMemory} on its way to another thread. */
export interface SharedCodes {
  readonly bits: number;
  readonly codes: number;
  readonly wasm: SharedWasmMemory | null;
  readonly plain: SharedArrayBuffer;
}

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
  #plain: SharedArrayBuffer;

  private constructor({ bits, codes, wasm, plain }: SharedCodes) {
    this.bits = bits;
    this.stride = codeStride(bits);
    this.codes = codes;
    this.wasm = wasm;
    this.#plain = plain;
  }

  /** @param scanners  how many need scratch memory for kernels; 0 where there are none */
  static create(bits: number, scanners: number): CodeMemory {
    const codes = scanners * SCRATCH_BYTES;
    const plain = new SharedArrayBuffer(0);
    if (scanners === 0 || webAssembly === undefined)
      return new CodeMemory({ bits, codes: 0, wasm: null, plain });
    const wasm = new webAssembly.Memory({ initial: codes / PAGE, maximum: MAX_PAGES, shared: true });
    return new CodeMemory({ bits, codes, wasm, plain });
  }

  /** The memory that another thread sent. */
  static attach(shared: SharedCodes): CodeMemory {
    return new CodeMemory(shared);
  }

  share(): SharedCodes {
    return { bits: this.bits, codes: this.codes, wasm: this.wasm, plain: this.#plain };
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
      throw new RangeError(
        `HammingIndex: expected at most ${most} codes of ${this.bits} bits, but got ${count}.`,
      );
    }
    // A quarter more than there is, so that growing to n codes takes some log n steps.
    const size = Math.min(MAX_PAGES * PAGE, Math.max(needed, byteLength + (byteLength - this.codes) / 4));
    if (this.wasm !== null) this.wasm.grow(Math.ceil((size - byteLength) / PAGE));
    else this.#plain = copied(this.#plain, Math.ceil(size));
  }

  /** Stores codes from position `at` on; there must be room. */
  write(at: number, { count, bits, data }: BinaryCodes): void {
    const bytes = new Uint8Array(this.buffer, this.codes + at * this.stride, count * this.stride);
    respace(data, bytes, count, bytesPerCode(bits), this.stride);
  }

  /** The codes at positions `from` to `to`. */
  read(from: number, to: number): BinaryCodes {
    const count = to - from;
    const width = bytesPerCode(this.bits);
    const bytes = new Uint8Array(this.buffer, this.codes + from * this.stride, count * this.stride);
    const data = new Uint8Array(count * width);
    respace(bytes, data, count, this.stride, width);
    return { count, bits: this.bits, data };
  }
}

/** The bytes of codes as a memory holds them, [count, stride]. */
export function storedCodes({ count, bits, data }: BinaryCodes): Uint8Array {
  const stride = codeStride(bits);
  const bytes = new Uint8Array(count * stride);
  respace(data, bytes, count, bytesPerCode(bits), stride);
  return bytes;
}

/** Copies `count` items, each cut or filled up with zeros from `width` to `newWidth` bytes. */
function respace(from: Uint8Array, to: Uint8Array, count: number, width: number, newWidth: number): void {
  if (width === newWidth) {
    to.set(from);
    return;
  }
  const kept = Math.min(width, newWidth);
  to.fill(0);
  for (let i = 0; i < count; i++) {
    for (let byte = 0; byte < kept; byte++) to[i * newWidth + byte] = from[i * width + byte]!;
  }
}

function copied(buffer: SharedArrayBuffer, size: number): SharedArrayBuffer {
  const larger = new SharedArrayBuffer(size);
  new Uint8Array(larger).set(new Uint8Array(buffer));
  return larger;
}
