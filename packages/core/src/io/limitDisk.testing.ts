import { jest } from '@jest/globals';
import { open, type FileHandle } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';

type Write = (this: FileHandle, data: string | Uint8Array) => Promise<void>;

/**
 * Lets the disk run full: after so many bytes, written through any file handle, writing fails as it does on a real one,
 * with part of the data written. `jest.restoreAllMocks()` makes room again.
 */
export async function limitDisk(bytes: number): Promise<void> {
  const prototype = await fileHandlePrototype();
  const write = Object.getOwnPropertyDescriptor(prototype, 'writeFile')!.value as Write;
  let free = bytes;
  const limited: Write = async function (data) {
    const content = Buffer.from(data);
    const fitting = content.subarray(0, free);
    free -= fitting.length;
    await write.call(this, fitting);
    if (fitting.length < content.length) {
      throw Object.assign(new Error('ENOSPC: no space left on device, write'), { code: 'ENOSPC' });
    }
  };
  jest.spyOn(prototype, 'writeFile').mockImplementation(limited);
}

/** Lets the disk fail when data are to be made safe on it. */
export async function breakDisk(): Promise<void> {
  const failure = Object.assign(new Error('EIO: i/o error, fsync'), { code: 'EIO' });
  jest.spyOn(await fileHandlePrototype(), 'sync').mockRejectedValue(failure);
}

/** Node does not export the class. */
async function fileHandlePrototype(): Promise<FileHandle> {
  const file = await open(fileURLToPath(import.meta.url));
  await file.close();
  return Object.getPrototypeOf(file) as FileHandle;
}
