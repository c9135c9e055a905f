/** The part of the WebAssembly API that is used here: the types of Node leave it to those of the DOM. */
interface WebAssemblyApi {
  readonly Memory: new (size: { initial: number; maximum: number; shared: true }) => SharedWasmMemory;
  readonly Module: new (bytes: Uint8Array<ArrayBuffer>) => object;
  readonly Instance: new (module: object, imports: object) => { readonly exports: unknown };
  validate(bytes: Uint8Array<ArrayBuffer>): boolean;
}

/** Memory that worker threads share and that grows in place. */
export interface SharedWasmMemory {
  /** A new object after each growth. */
  readonly buffer: SharedArrayBuffer;
  /** @param pages  of 64 KiB, to add */
  grow(pages: number): number;
}

/** Missing where Node may not compile at run time (`node --jitless`). */
export const webAssembly = (globalThis as { WebAssembly?: WebAssemblyApi }).WebAssembly;
