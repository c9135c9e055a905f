import type { FileHandle } from 'node:fs/promises';

/** Bytes of one read: few at first, for those who only want to see how the data begin. */
const FIRST_READ = 4096;
const NEXT_READ = 2 ** 20;

/**
 * The bytes of a part of a file, in order.
 *
 * @throws Error  where the file ends before
 */
export async function* readChunks(file: FileHandle, start: number, end: number): AsyncGenerator<Uint8Array> {
  let position = start;
  while (position < end) {
    const wanted = Math.min(end - position, position === start ? FIRST_READ : NEXT_READ);
    const { buffer, bytesRead } = await file.read(new Uint8Array(wanted), 0, wanted, position);
    if (bytesRead === 0) throw new Error(`the file ends at byte ${position}, before byte ${end}`);
    yield buffer.subarray(0, bytesRead);
    position += bytesRead;
  }
}
