import { rmSync, writeFileSync } from 'node:fs';
import type { Rng } from '../random/rng.js';
import type { ArrayFile } from '../files/arrayFile.js';
import { mutate } from './mutate.js';
import { readsOrRefuses } from './readsOrRefuses.js';

export interface FuzzResult {
  /** Files that were read to the end. */
  readonly read: number;
  readonly refused: number;
}

/**
 * Opens and reads many injured copies of a file. Each must be read or be refused with an error that names the file.
 *
 * @param path  where the copies are written, one after another
 * @throws Error  that says with which run to look, where a reader fails in any other way
 */
export async function fuzz(
  file: Buffer,
  path: string,
  open: (path: string) => Promise<ArrayFile>,
  { runs, rng }: { readonly runs: number; readonly rng: Rng },
): Promise<FuzzResult> {
  let read = 0;
  for (let run = 0; run < runs; run++) {
    // A new file each time: what a library keeps of the one before is not to be taken for it.
    rmSync(path, { force: true });
    writeFileSync(path, mutate(file, rng.fork(run)));
    try {
      if (await readsOrRefuses(path, open)) read++;
    } catch (error) {
      throw new Error(`run ${run}: expected an error that names the file.`, { cause: error });
    }
  }
  return { read, refused: runs - read };
}
