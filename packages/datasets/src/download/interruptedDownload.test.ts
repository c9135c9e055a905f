import { describe, expect, it } from '@jest/globals';
import { readdir, writeFile } from 'node:fs/promises';
import {
  CONTENT,
  download,
  expectOnlyTheFile,
  folder,
  path,
  server,
  SIZE,
  url,
} from './downloadPlace.testing.js';
import type { DownloadProgress } from './downloadProgress.js';

describe('downloadFile, when the connection breaks', () => {
  it('goes on from the byte that it has', async () => {
    server.cuts = [30_000, 50_000];
    const done: number[] = [];
    await download({ onProgress: ({ doneBytes }) => done.push(doneBytes) });
    await expectOnlyTheFile();
    expect(server.rangesSeen).toEqual([undefined, 'bytes=30000-', 'bytes=80000-']);
    expect(server.requests.map((headers) => headers['if-range'])).toEqual([undefined, '"1"', '"1"']);
    expect(done).toEqual(done.toSorted((a, b) => a - b));
  });

  it('goes on in a later call', async () => {
    server.cuts = [30_000];
    await expect(download({ waits: [] })).rejects.toThrow(
      `downloadFile: ${url()}: other side closed (attempts: 1).`,
    );
    expect(await readdir(folder.path)).toEqual(['file.bin.part', 'file.bin.part.json']);
    const events: DownloadProgress[] = [];
    await download({ onProgress: (event) => events.push(event) });
    expect(server.rangesSeen).toEqual([undefined, 'bytes=30000-']);
    expect(events[0]).toEqual({ phase: 'download', doneBytes: 30_000, totalBytes: SIZE });
    await expectOnlyTheFile();
  });

  it('gives up after so many attempts that bring nothing new', async () => {
    server.cuts = [10_000, 20_000, 0, 0];
    await expect(download()).rejects.toThrow(`${url()}: other side closed (attempts: 3).`);
    expect(server.rangesSeen).toEqual([undefined, 'bytes=10000-', 'bytes=30000-', 'bytes=30000-']);
  });

  it('goes on by the date where there is no strong ETag', async () => {
    const date = 'Thu, 04 Jun 2009 19:00:00 GMT';
    server.headers = { etag: 'W/"1"', 'last-modified': date };
    server.cuts = [30_000];
    await download();
    expect(server.requests[1]).toMatchObject({ range: 'bytes=30000-', 'if-range': date });
    await expectOnlyTheFile();
  });

  it('starts again where nothing tells whether the file has changed', async () => {
    server.headers = {};
    server.cuts = [30_000, 30_000];
    await expect(download({ waits: [] })).rejects.toThrow('other side closed');
    expect(await readdir(folder.path)).toEqual([]);
    await download();
    expect(server.rangesSeen).toEqual([undefined, undefined, undefined]);
    await expectOnlyTheFile();
  });

  it('starts again where the server knows no ranges', async () => {
    server.ranges = false;
    server.cuts = [30_000];
    await download();
    expect(server.rangesSeen).toEqual([undefined, 'bytes=30000-']);
    await expectOnlyTheFile();
  });

  it.each([
    [60_000, true],
    [60_000, false],
    [SIZE + 20, true],
    [SIZE + 20, false],
  ])(
    'starts again where the file has changed: %i bytes there, If-Range heeded: %s',
    async (bytes, conditions) => {
      Object.assign(server, { content: new Uint8Array(SIZE + 50), cuts: [bytes], conditions });
      await expect(download({ waits: [] })).rejects.toThrow('other side closed');
      Object.assign(server, { content: CONTENT, headers: { etag: '"2"' } });
      await download();
      await expectOnlyTheFile();
    },
  );

  it('starts again where the part is of another URL, or its note is damaged', async () => {
    server.cuts = [30_000, 30_000];
    await expect(download({ waits: [] })).rejects.toThrow('other side closed');
    await expect(download({ waits: [], url: `${url()}?mirror` })).rejects.toThrow('other side closed');
    await writeFile(`${path}.part.json`, '{"url":');
    await download();
    expect(server.rangesSeen).toEqual([undefined, undefined, undefined]);
    await expectOnlyTheFile();
  });

  it('finds a part that is whole already', async () => {
    await writeFile(`${path}.part`, CONTENT);
    await writeFile(`${path}.part.json`, JSON.stringify({ url: url(), validator: '"1"' }));
    await download();
    expect(server.rangesSeen).toEqual([`bytes=${SIZE}-`]);
    await expectOnlyTheFile();
  });

  it('drops a part that is longer than the file', async () => {
    await writeFile(`${path}.part`, Buffer.concat([CONTENT, CONTENT]));
    await writeFile(`${path}.part.json`, JSON.stringify({ url: url(), validator: '"1"' }));
    await download();
    expect(server.rangesSeen).toEqual([`bytes=${2 * SIZE}-`, undefined]);
    await expectOnlyTheFile();
  });

  it('waits as long as it is told between attempts', async () => {
    server.statuses = [503, 429, 500];
    const start = performance.now();
    await download({ waits: [10, 20, 40] });
    expect(performance.now() - start).toBeGreaterThan(65); // timers may be early by part of a millisecond
    expect(server.requests).toHaveLength(4);
    await expectOnlyTheFile();
  });
});
