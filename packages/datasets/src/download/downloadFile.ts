import { rename, rm, stat } from 'node:fs/promises';
import { resolve } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import type { DownloadFileOptions } from './downloadFileOptions.js';
import { ConnectionError, fetchPart, type Fetched } from './fetchPart.js';
import { fileMismatch } from './fileMismatch.js';
import { inTurn } from './inTurn.js';
import { removePart, resumePoint } from './partFile.js';

const WAITS = [1000, 2000, 4000];

/**
 * Downloads a file whole or not at all. What has come so far is kept in `<path>.part`; the next call goes on from there
 * if the server can and the file has not changed, else it starts again. A file that is there already is left as it is.
 *
 * @throws Error  that names the URL and the reason: no connection, the server's answer, a size or checksum other than
 *                expected (found and removed before the file gets its name), a full disk; the signal's reason when aborted
 */
export async function downloadFile(options: DownloadFileOptions): Promise<void> {
  const { url, path, signal } = options;
  if (!URL.canParse(url)) throw new Error(`downloadFile: expected a URL, but got ${JSON.stringify(url)}.`);
  await inTurn(resolve(path), async () => {
    signal?.throwIfAborted();
    if (await isThere(options)) return;
    try {
      await fetchAndName(options);
    } catch (error) {
      signal?.throwIfAborted();
      // Another process may have finished the same file and taken the part away.
      if (!(await isThere(options))) throw error;
    }
  });
}

async function isThere(options: DownloadFileOptions): Promise<boolean> {
  const { url, path, signal } = options;
  if ((await stat(path).catch(() => undefined)) === undefined) return false;
  const mismatch = await fileMismatch(path, options, signal);
  if (mismatch === undefined) return true;
  throw new Error(
    `downloadFile: ${path} is there, but is not the file of ${url}: ${mismatch}. Remove it to have it downloaded.`,
  );
}

async function fetchAndName(options: DownloadFileOptions): Promise<void> {
  const { url, path, signal } = options;
  const { part, total } = await fetchPersistently(options);
  const expected = total === null ? options : { ...options, size: total };
  const mismatch = await fileMismatch(part, expected, signal);
  if (mismatch === undefined) await rename(part, path);
  else await rm(part, { force: true });
  await removePart(path);
  if (mismatch !== undefined) throw new Error(`downloadFile: ${url}: ${mismatch}.`);
}

async function fetchPersistently(options: DownloadFileOptions): Promise<Fetched> {
  const { url, path, signal, waits = WAITS } = options;
  let failures = 0;
  let furthest = 0;
  for (;;) {
    try {
      return await fetchPart(options);
    } catch (error) {
      signal?.throwIfAborted();
      if (!(error instanceof ConnectionError)) throw error;
      const bytes = (await resumePoint(path, url))?.bytes ?? 0;
      if (bytes > furthest) [furthest, failures] = [bytes, 0];
      const wait = waits[failures];
      failures += 1;
      if (wait === undefined) {
        throw new Error(`downloadFile: ${url}: ${error.message} (attempts: ${failures}).`, {
          cause: error,
        });
      }
      await setTimeout(wait, undefined, { signal });
    }
  }
}
