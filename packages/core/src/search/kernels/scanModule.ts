import { WasmModule } from '../wasm/wasmModule.js';
import { defineScanBlock } from './scanBlock.js';
import { defineScanCodes } from './scanCodes.js';
import type { ScanLayout } from './scanLayout.js';

/** Functions of the scan module; addresses are bytes of its memory, positions count codes. */
export interface ScanKernels {
  /** Compares a block with the first `queries` queries; 1 when a query is full. */
  scanBlock(address: number, position: number, count: number, queries: number): number;
  /** Compares codes with one query until the end or until it is full; how many it has done, at least. */
  scanCodes(address: number, position: number, count: number, query: number): number;
}

/** The scan kernels for codes of one length, with the addresses of one scratch memory written into them. */
export function scanModule(layout: ScanLayout): Uint8Array<ArrayBuffer> {
  const module = new WasmModule();
  defineScanBlock(module, layout);
  defineScanCodes(module, layout);
  return module.bytes();
}
