import type { ArrayInfo, NumericArray } from './numericArray.js';

/**
 * An open file of named arrays. Names, types and shapes are known from the start; values come one array at a time, so
 * that a large file costs no more memory than its largest array.
 */
export interface ArrayFile {
  readonly path: string;
  readonly arrays: ReadonlyMap<string, ArrayInfo>;
  /** @throws Error  where the file has no such array or its values are damaged */
  read(name: string): Promise<NumericArray>;
  close(): Promise<void>;
}
