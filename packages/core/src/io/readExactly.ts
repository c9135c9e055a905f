import type { FileHandle } from 'node:fs/promises';

/** The most that one system call reads everywhere. */
const LARGEST_READ = 2 ** 30;

/** @throws Error  where the file ends before */
export async function readExactly(
  file: FileHandle,
  position: number,
  length: number,
): Promise<Uint8Array<ArrayBuffer>> {
  const bytes = new Uint8Array(length);
  let done = 0;
  while (done < length) {
    const wanted = Math.min(length - done, LARGEST_READ);
    const { bytesRead } = await file.read(bytes, done, wanted, position + done);
    if (bytesRead === 0)
      throw new Error(`truncated: expected ${length} bytes at byte ${position}, but got ${done}`);
    done += bytesRead;
  }
  return bytes;
}
