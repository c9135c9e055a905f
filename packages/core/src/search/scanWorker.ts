import { workerData } from 'node:worker_threads';
import { answerRequests } from './answerRequests.js';
import { CodeMemory, type SharedCodes } from './codeMemory.js';
import { fillTable, type HashTable, type HashTables } from './hashTables.js';
import type { Matches, Pairs } from './matches.js';
import { PlainScanner } from './plainScanner.js';
import type { Scan, Scanner } from './scanner.js';
import type { LookUp } from './scanPool.js';
import { lookUpAll } from './tableScanner.js';
import { WasmScanner } from './wasmScanner.js';

/** What the scan workers are asked: to compare queries with all codes of a part ... */
export interface ScanRequest {
  readonly codes: SharedCodes;
  readonly scan: Scan;
}

/** ... to look queries up ... */
export interface LookUpRequest {
  readonly codes: SharedCodes;
  readonly tables: HashTables;
  readonly lookUp: LookUp;
}

/** ... or to fill a table. */
export interface FillRequest {
  readonly codes: SharedCodes;
  readonly fill: HashTable;
}

let kernels: Scanner | undefined;

/** The kernels stay; without them the memory may be another one after each growth. */
function scannerOf(memory: CodeMemory): Scanner {
  if (memory.wasm === null) return new PlainScanner(memory);
  // Scratch memory 0 is the calling thread's.
  return (kernels ??= new WasmScanner(memory, (workerData as number) + 1));
}

answerRequests((request: ScanRequest | LookUpRequest | FillRequest): Matches | (Pairs | null)[] | void => {
  const memory = CodeMemory.attach(request.codes);
  if ('fill' in request) return fillTable(memory, request.fill);
  if ('tables' in request) return lookUpAll(memory, request.tables, request.lookUp);
  return scannerOf(memory).scan(request.scan);
});
