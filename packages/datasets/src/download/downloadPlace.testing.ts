import { afterEach, beforeEach, expect, jest } from '@jest/globals';
import { createHash } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import { temporaryFolder } from '@hash/core/testing/temporaryFolder';
import { downloadFile } from './downloadFile.js';
import type { DownloadFileOptions } from './downloadFileOptions.js';
import { FileServer } from './fileServer.testing.js';
import { noise } from './noise.testing.js';

export const CONTENT = noise(100_000);
export const SIZE = CONTENT.length;

/** Anew for each test: a folder to download to, and a server of {@link CONTENT}. */
export const folder = temporaryFolder(beforeEach, afterEach);
export let server: FileServer;
export let path: string;
beforeEach(async () => {
  server = await FileServer.start();
  server.content = CONTENT;
  path = folder.join('file.bin');
});
afterEach(async () => {
  jest.restoreAllMocks();
  await server.stop();
});

export const md5 = (content: Buffer) => createHash('md5').update(content).digest('hex');
export const sha256 = (content: Buffer) => createHash('sha256').update(content).digest('hex');
export const url = () => `${server.base}/file.bin`;
export const download = ({ onProgress, ...options }: Partial<DownloadFileOptions> = {}) =>
  downloadFile({
    url: url(),
    path,
    md5: md5(CONTENT),
    waits: [0, 0],
    onProgress: (event) => {
      server.reached(event.doneBytes);
      onProgress?.(event);
    },
    ...options,
  });

export async function expectOnlyTheFile(): Promise<void> {
  expect(await readdir(folder.path)).toEqual(['file.bin']);
  expect((await readFile(path)).equals(CONTENT)).toBe(true);
}
