import { webAssembly, type SharedWasmMemory } from '@hash/core/wasm';

const PAGE = 65536;
/** Half a gigabyte: what needs more is done in JavaScript. */
const MAX_PAGES = 8192;

/** Kernels and the words that they work on. */
export interface KernelRoom<Kernels> {
  readonly kernels: Kernels;
  readonly words: Int32Array;
}

/** WebAssembly kernels with a memory of their own, which grows to the largest work. */
export class KernelMemory<Kernels> {
  readonly #module: () => Uint8Array<ArrayBuffer>;
  #kernels: Kernels | undefined;
  #memory: SharedWasmMemory | undefined;

  /** @param module  makes the module; called when kernels are needed for the first time */
  constructor(module: () => Uint8Array<ArrayBuffer>) {
    this.#module = module;
  }

  /** @returns nothing where the words do not fit, or where Node may not compile at run time (`node --jitless`) */
  room(words: number): KernelRoom<Kernels> | undefined {
    if (webAssembly === undefined || 4 * words > MAX_PAGES * PAGE) return undefined;
    this.#memory ??= new webAssembly.Memory({ initial: 1, maximum: MAX_PAGES, shared: true });
    const missing = Math.ceil((4 * words - this.#memory.buffer.byteLength) / PAGE);
    if (missing > 0) this.#memory.grow(missing);
    this.#kernels ??= new webAssembly.Instance(new webAssembly.Module(this.#module()), {
      env: { memory: this.#memory },
    }).exports as Kernels;
    return { kernels: this.#kernels, words: new Int32Array(this.#memory.buffer) };
  }
}
