import { randomUUID } from 'node:crypto';
import { open, readdir, rename, rm } from 'node:fs/promises';
import { platform } from 'node:os';
import { basename, dirname, join } from 'node:path';
import { writeError } from './writeError.js';

const TEMPORARY = /\.[0-9a-f]{8}\.tmp$/;

/**
 * Replaces a file as a whole: at any moment, also after a crash or a power cut, `path` holds either its old content or
 * all of the new one. The content goes to a temporary file in the same folder, which is renamed once it is on the disk.
 *
 * @param chunks  the content in order
 * @throws Error  that names the path and what to do, such as where the disk is full; the old file is left as it was and
 *                the temporary one removed
 */
export async function writeFileAtomically(
  path: string,
  chunks: Iterable<Uint8Array | string>,
): Promise<void> {
  await replaceFileAtomically(path, async (temporary) => {
    const file = await open(temporary, 'wx');
    try {
      for (const chunk of chunks) await file.writeFile(chunk);
    } finally {
      await file.close();
    }
  });
}

/**
 * As {@link writeFileAtomically}, for what writes files by itself.
 *
 * @param write  makes the file whose path it is given
 */
export async function replaceFileAtomically(
  path: string,
  write: (temporary: string) => Promise<void>,
): Promise<void> {
  const temporary = join(dirname(path), `${basename(path)}.${randomUUID().slice(0, 8)}.tmp`);
  try {
    await write(temporary);
    await sync(temporary, 'r+');
    await rename(temporary, path);
    // Makes the rename last. Windows can neither open a folder nor needs to.
    if (platform() !== 'win32') await sync(dirname(path), 'r');
  } catch (error) {
    await rm(temporary, { force: true });
    throw writeError(path, error);
  }
}

/** Removes what `writeFileAtomically` left in a folder when its process was killed. */
export async function removeTemporaryFiles(folder: string): Promise<void> {
  const names = await readdir(folder);
  await Promise.all(names.filter((name) => TEMPORARY.test(name)).map((name) => rm(join(folder, name))));
}

/** Waits until what was written is on the disk. */
async function sync(path: string, flags: string): Promise<void> {
  const file = await open(path, flags);
  try {
    await file.sync();
  } finally {
    await file.close();
  }
}
