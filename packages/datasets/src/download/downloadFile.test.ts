import { describe, expect, it, jest } from '@jest/globals';
import { open, readdir, readFile, rm, symlink, writeFile, type FileHandle } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';
import type { DownloadProgress } from './downloadProgress.js';
import {
  CONTENT,
  download,
  expectOnlyTheFile,
  folder,
  md5,
  path,
  server,
  sha256,
  SIZE,
  url,
} from './downloadPlace.testing.js';

describe('downloadFile', () => {
  it('downloads a file and says how far it is', async () => {
    const events: DownloadProgress[] = [];
    const firstDigits = sha256(CONTENT).slice(0, 8);
    await download({ size: SIZE, sha256: firstDigits, onProgress: (event) => events.push(event) });
    await expectOnlyTheFile();
    expect(server.rangesSeen).toEqual([undefined]);
    expect(events[0]).toEqual({ phase: 'download', doneBytes: 0, totalBytes: SIZE });
    expect(events.at(-1)).toEqual({ phase: 'download', doneBytes: SIZE, totalBytes: SIZE });
    const done = events.map(({ doneBytes }) => doneBytes);
    expect(done).toEqual(done.toSorted((a, b) => a - b));
  });

  it('downloads a file of no bytes', async () => {
    server.content = Buffer.from('');
    await download({ md5: 'd41d8cd98f00b204e9800998ecf8427e', size: 0 });
    expect(await readFile(path, 'utf8')).toBe('');
  });

  it('does not know the total where the server does not say it', async () => {
    server.chunked = true;
    const totals = new Set<number | null>();
    await download({ onProgress: ({ totalBytes }) => totals.add(totalBytes) });
    await expectOnlyTheFile();
    expect([...totals]).toEqual([null]);
  });

  it('takes the content out of a compressed answer', async () => {
    server.content = gzipSync(CONTENT);
    server.headers = { etag: '"1"', 'content-encoding': 'gzip' };
    await download({ size: SIZE });
    await expectOnlyTheFile();
    expect(server.requests[0]?.['accept-encoding']).toBe('identity');
  });

  it('follows redirects', async () => {
    await download({ url: `${server.base}/moved/moved/file.bin` });
    await expectOnlyTheFile();
  });

  it('leaves a file that is there and right, and asks for nothing', async () => {
    await writeFile(path, CONTENT);
    await download({ size: SIZE });
    expect(server.requests).toEqual([]);
    await expectOnlyTheFile();
  });

  it('leaves a file that is there and another', async () => {
    await writeFile(path, 'mine');
    await expect(download()).rejects.toThrow(
      `downloadFile: ${path} is there, but is not the file of ${url()}: expected md5 ${md5(CONTENT)}, but got ${md5(Buffer.from('mine'))}. Remove it to have it downloaded.`,
    );
    expect(server.requests).toEqual([]);
    expect(await readFile(path, 'utf8')).toBe('mine');
  });

  it('lets a second call wait for the first', async () => {
    await Promise.all([download(), download(), download()]);
    expect(server.requests).toHaveLength(1);
    await expectOnlyTheFile();
  });

  it('lets a second call go ahead where the first fails', async () => {
    server.statuses = [404];
    const [first, second] = await Promise.allSettled([download(), download()]);
    expect([first.status, second.status]).toEqual(['rejected', 'fulfilled']);
    await expectOnlyTheFile();
  });

  // Through another name of the folder: the calls do not know of each other.
  it.each([true, false])('shares a part with another process, ranges served: %s', async (ranges) => {
    server.ranges = ranges;
    server.cuts = [40_000, 60_000];
    const other = `${folder.path}-other`;
    await symlink(folder.path, other);
    try {
      await Promise.all([download(), download({ path: join(other, 'file.bin') })]);
      await expectOnlyTheFile();
    } finally {
      await rm(other);
    }
  });
});

describe('downloadFile refuses', () => {
  it('a file with a wrong checksum, and removes it', async () => {
    const wanted = '0'.repeat(64);
    await expect(download({ sha256: wanted })).rejects.toThrow(
      `downloadFile: ${url()}: expected sha256 ${wanted}, but got ${sha256(CONTENT)}.`,
    );
    expect(await readdir(folder.path)).toEqual([]);
    expect(server.requests).toHaveLength(1);
  });

  it('another size before it takes a byte, and keeps the part', async () => {
    server.cuts = [30_000];
    await expect(download({ waits: [] })).rejects.toThrow('other side closed');
    Object.assign(server, { content: Buffer.from('<html>Please log in'), headers: {} });
    await expect(download({ size: SIZE })).rejects.toThrow(
      `downloadFile: ${url()}: expected 100000 bytes, but the server has 19.`,
    );
    Object.assign(server, { content: CONTENT, headers: { etag: '"1"' } });
    await download({ size: SIZE });
    expect(server.rangesSeen).toEqual([undefined, 'bytes=30000-', 'bytes=30000-']);
    await expectOnlyTheFile();
  });

  it('an answer that ends early', async () => {
    server.chunked = true;
    server.cuts = [70_000, 0, 0];
    await expect(download({ size: SIZE, waits: [] })).rejects.toThrow(
      `downloadFile: ${url()}: the server stopped after 70000 of 100000 bytes (attempts: 1).`,
    );
    expect(await readdir(folder.path)).toEqual(['file.bin.part', 'file.bin.part.json']);
  });

  it('an answer that goes on and on, without reading all of it', async () => {
    server.chunked = true;
    server.content = new Uint8Array(30_000_000);
    const done: number[] = [];
    const onProgress = ({ doneBytes }: DownloadProgress) => done.push(doneBytes);
    await expect(download({ size: 5, onProgress })).rejects.toThrow(/: expected 5 bytes, but got \d+\.$/);
    expect(done.at(-1)).toBeLessThan(1_000_000);
    expect(await readdir(folder.path)).toEqual([]);
  });

  it('what the server does not have, at once', async () => {
    server.statuses = [404];
    await expect(download()).rejects.toThrow(`downloadFile: ${url()}: the server answers 404 Not Found.`);
    expect(server.requests).toHaveLength(1);
    expect(await readdir(folder.path)).toEqual([]);
  });

  it('a server that stays in trouble', async () => {
    server.statuses = [503, 503, 503];
    await expect(download()).rejects.toThrow(
      `downloadFile: ${url()}: the server answers 503 Service Unavailable (attempts: 3).`,
    );
  });

  it('a server that is not there', async () => {
    const gone = url();
    await server.stop();
    await expect(download({ url: gone })).rejects.toThrow(
      `downloadFile: ${gone}: connect ECONNREFUSED ${new URL(gone).host} (attempts: 3).`,
    );
  });

  it('what is no URL', async () => {
    await expect(download({ url: 'file.bin' })).rejects.toThrow(
      'downloadFile: expected a URL, but got "file.bin".',
    );
  });

  it('a folder that is not there', async () => {
    const lost = folder.join('no', 'file.bin');
    await expect(download({ path: lost })).rejects.toThrow(
      `downloadFile: could not write ${lost}.part: ENOENT: no such file or directory, open '${lost}.part'.`,
    );
  });

  it('a full disk, and goes on once there is room', async () => {
    await limitDisk(33_000);
    await expect(download()).rejects.toThrow(
      `downloadFile: could not write ${path}.part: ENOSPC: no space left on device, write.`,
    );
    expect(server.requests).toHaveLength(1);
    jest.restoreAllMocks();
    await download();
    expect(server.rangesSeen).toEqual([undefined, 'bytes=33000-']);
    await expectOnlyTheFile();
  });
});

describe('downloadFile, aborted', () => {
  it('while bytes come: keeps them, throws the reason', async () => {
    Object.assign(server, { cuts: [30_000], stalls: true });
    const abort = new AbortController();
    const reason = new Error('enough');
    const onProgress = ({ doneBytes }: DownloadProgress) => doneBytes === 30_000 && abort.abort(reason);
    await expect(download({ signal: abort.signal, onProgress })).rejects.toBe(reason);
    await download();
    expect(server.rangesSeen).toEqual([undefined, 'bytes=30000-']);
    await expectOnlyTheFile();
  });

  it('before it begins, and while it waits', async () => {
    await expect(download({ signal: AbortSignal.abort() })).rejects.toMatchObject({ name: 'AbortError' });
    expect(server.requests).toEqual([]);
    server.statuses = [503];
    const signal = AbortSignal.timeout(50);
    await expect(download({ signal, waits: [60_000] })).rejects.toMatchObject({ name: 'TimeoutError' });
    expect(await readdir(folder.path)).toEqual([]);
  });
});

type Write = (
  this: FileHandle,
  chunk: Uint8Array,
  from: number,
  length: number,
  at: number,
) => Promise<unknown>;

/** Lets no file grow longer than so many bytes; what fits of a chunk is written, as on a real disk. */
async function limitDisk(bytes: number): Promise<void> {
  const file = await open(fileURLToPath(import.meta.url));
  await file.close();
  const prototype = Object.getPrototypeOf(file) as { write: Write };
  const write = prototype.write;
  jest.spyOn(prototype, 'write').mockImplementation(function (this: FileHandle, chunk, from, length, at) {
    if (at < bytes) return write.call(this, chunk, from, Math.min(length, bytes - at), at);
    return Promise.reject(
      Object.assign(new Error('ENOSPC: no space left on device, write'), { code: 'ENOSPC' }),
    );
  });
}
