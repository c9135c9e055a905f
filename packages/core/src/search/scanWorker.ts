import { workerData } from 'node:worker_threads';
import { answerRequests } from './answerRequests.js';
import { CodeMemory, type SharedCodes } from './codeMemory.js';
import type { Matches } from './matches.js';
import { PlainScanner } from './plainScanner.js';
import type { Scan, Scanner } from './scanner.js';
import { WasmScanner } from './wasmScanner.js';

/** What the scan workers are asked. */
export interface ScanRequest {
  readonly codes: SharedCodes;
  readonly scan: Scan;
}

let kernels: Scanner | undefined;

/** The kernels stay; without them the memory may be another one after each growth. */
function scanner(codes: SharedCodes): Scanner {
  if (codes.wasm === null) return new PlainScanner(CodeMemory.attach(codes));
  // Scratch memory 0 is the calling thread's.
  return (kernels ??= new WasmScanner(CodeMemory.attach(codes), (workerData as number) + 1));
}

answerRequests(
  ({ codes, scan }: ScanRequest): Matches => scanner(codes).scan(scan),
  ({ starts, ids, distances }) => [starts.buffer, ids.buffer, distances.buffer] as ArrayBuffer[],
);
