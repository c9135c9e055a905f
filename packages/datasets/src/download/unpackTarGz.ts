import { randomUUID } from 'node:crypto';
import { mkdir, rename, rm, stat, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { ReadEntry } from 'tar';
import type { DownloadProgress } from './downloadProgress.js';
import { readTarGz } from './readTarGz.js';
import { expectPlainEntry, strippedPath } from './tarEntry.js';

export interface UnpackTarGzOptions {
  /** How many folders to leave out at the start of every path; 0 by default. */
  readonly strip?: number;
  /** Looks at what was unpacked before the folder gets its name; may throw. */
  readonly check?: (folder: string) => Promise<void>;
  /** The most that the archive may hold; 1 GiB by default. */
  readonly maxBytes?: number;
  readonly onProgress?: (progress: DownloadProgress) => void;
  readonly signal?: AbortSignal;
}

/**
 * Unpacks a .tar.gz into a new folder, whole or not at all: the archive is read once to the end before anything is
 * written, and unpacked beside the folder, which gets its name last. Owners, modes and times are not taken over.
 *
 * @throws Error  that names the archive: where it is damaged or too large, holds anything but files and folders, or a path
 *                that leaves the folder; where the folder is there already; the signal's reason when aborted
 */
export async function unpackTarGz(
  archive: string,
  folder: string,
  options: UnpackTarGzOptions = {},
): Promise<void> {
  const { strip = 0, check, maxBytes = 2 ** 30, onProgress, signal } = options;
  const temporary = `${folder}.${randomUUID().slice(0, 8)}.tmp`;
  try {
    await expectNothing(folder);
    onProgress?.({ phase: 'unpack', doneBytes: 0, totalBytes: null });
    const totalBytes = await readTarGz(archive, { maxBytes, signal, onEntry: inspect });
    await mkdir(temporary);
    await readTarGz(archive, {
      maxBytes,
      signal,
      onEntry: (entry) => extract(entry, temporary, strip),
      onBytes: (doneBytes) => onProgress?.({ phase: 'unpack', doneBytes, totalBytes }),
    });
    await check?.(temporary);
    await rename(temporary, folder);
  } catch (error) {
    await rm(temporary, { recursive: true, force: true });
    signal?.throwIfAborted();
    throw unpackError(archive, folder, error);
  }
}

async function expectNothing(folder: string): Promise<void> {
  if (await stat(folder).catch(() => undefined)) throw new Error('the folder is there already');
}

function inspect(entry: ReadEntry): void {
  expectPlainEntry(entry);
  entry.resume();
}

async function extract(entry: ReadEntry, folder: string, strip: number): Promise<void> {
  expectPlainEntry(entry); // again: the archive may have been exchanged since
  const path = strippedPath(entry.path, strip);
  if (path === '' || entry.type === 'Directory') {
    await mkdir(join(folder, path), { recursive: true });
    entry.resume();
  } else {
    await mkdir(dirname(join(folder, path)), { recursive: true });
    await writeFile(join(folder, path), entry);
  }
}

function unpackError(archive: string, folder: string, error: unknown): Error {
  const { code = '', message } = error as NodeJS.ErrnoException;
  const what = /^(Z|TAR)_/.test(code)
    ? `${archive} is truncated or damaged`
    : `could not unpack ${archive} into ${folder}`;
  return new Error(`unpackTarGz: ${what}: ${message}.`, { cause: error });
}
