import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { createHash } from 'node:crypto';
import { mkdir, readdir, readFile, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { temporaryFolder } from '@hash/core/testing/temporaryFolder';
import type { Archive } from './archives.js';
import type { DownloadProgress } from './downloadProgress.js';
import { FileServer } from './fileServer.testing.js';
import { installArchive, type InstallArchiveOptions } from './installArchive.js';
import { noise } from './noise.testing.js';
import { tarBytes, tarGz, type TestEntry } from './tarGz.testing.js';

const ENTRIES: TestEntry[] = [
  { path: 'tiny-bin/', type: 'Directory', mode: 0o755 },
  { path: 'tiny-bin/train.bin', content: noise(30_000) },
  { path: 'tiny-bin/names.txt', content: 'cat\ndog\n' },
  { path: 'tiny-bin/readme.html', content: '<p>' },
];
const BYTES = tarGz(ENTRIES);

const parent = temporaryFolder(beforeEach, afterEach);
let server: FileServer;
let root: string;
let archive: Archive;
beforeEach(async () => {
  server = await FileServer.start();
  root = parent.join('data');
  archive = serve(BYTES);
});
afterEach(() => server.stop());

function serve(content: Buffer): Archive {
  server.content = content;
  return {
    title: 'Tiny',
    url: `${server.base}/~authors/tiny.tar.gz`,
    size: content.length,
    md5: createHash('md5').update(content).digest('hex'),
    sha256: createHash('sha256').update(content).digest('hex'),
    folder: 'tiny-bin',
    files: { 'train.bin': 30_000, 'names.txt': null },
  };
}
const install = (options: InstallArchiveOptions = {}) =>
  installArchive(archive, root, { waits: [0], ...options });

async function expectInstalled(beside: string[] = []): Promise<void> {
  expect((await readdir(root)).sort()).toEqual(['tiny-bin', ...beside]);
  expect((await readdir(join(root, 'tiny-bin'))).sort()).toEqual(['names.txt', 'readme.html', 'train.bin']);
  expect((await readFile(join(root, 'tiny-bin', 'train.bin'))).equals(noise(30_000))).toBe(true);
}

/** Writes the folder as somebody might have unpacked it by hand. */
async function writeFolder(trainBytes: number): Promise<void> {
  await mkdir(join(root, 'tiny-bin'), { recursive: true });
  await writeFile(join(root, 'tiny-bin', 'train.bin'), Buffer.alloc(trainBytes));
}

describe('installArchive', () => {
  it('makes the folder and removes the archive', async () => {
    const events: DownloadProgress[] = [];
    expect(await install({ onProgress: (event) => events.push(event) })).toBe(join(root, 'tiny-bin'));
    await expectInstalled();
    const phases = events.map(({ phase }) => phase);
    expect(phases).toEqual(phases.toSorted());
    const unpacked = tarBytes(ENTRIES).length;
    expect(events.at(-1)).toEqual({ phase: 'unpack', doneBytes: unpacked, totalBytes: unpacked });
  });

  it('does nothing where the folder is complete', async () => {
    await writeFolder(30_000);
    await writeFile(join(root, 'tiny-bin', 'names.txt'), 'mine');
    await install();
    expect(server.requests).toEqual([]);
    expect(await readFile(join(root, 'tiny-bin', 'names.txt'), 'utf8')).toBe('mine');
  });

  it('leaves a folder that is not complete, and says so', async () => {
    await writeFolder(29_999);
    await expect(install()).rejects.toThrow(
      `downloadArchive: ${join(root, 'tiny-bin')} is not the whole of Tiny: train.bin has 29999 bytes instead of 30000, names.txt is missing. Remove the folder to have it downloaded.`,
    );
    await writeFile(join(root, 'tiny-bin', 'names.txt'), '');
    await expect(install()).rejects.toThrow('instead of 30000, names.txt is empty. Remove');
    expect(server.requests).toEqual([]);
    expect((await readFile(join(root, 'tiny-bin', 'train.bin'))).length).toBe(29_999);
  });

  it('uses an archive that lies there, and keeps it', async () => {
    await mkdir(root);
    await writeFile(join(root, 'tiny.tar.gz'), BYTES);
    await install();
    expect(server.requests).toEqual([]);
    await expectInstalled(['tiny.tar.gz']);
  });

  it('leaves an archive that lies there and is another', async () => {
    await mkdir(root);
    await writeFile(join(root, 'tiny.tar.gz'), 'mine');
    const path = join(root, 'tiny.tar.gz');
    await expect(install()).rejects.toThrow(
      `downloadArchive: could not get Tiny. downloadFile: ${path} is there, but is not the file of ${archive.url}: expected ${BYTES.length} bytes, but got 4. Remove it to have it downloaded. To do it by hand,`,
    );
    expect(await readFile(path, 'utf8')).toBe('mine');
  });

  it('takes the archive from a mirror', async () => {
    archive = { ...archive, url: 'http://nowhere.invalid/~authors/tiny.tar.gz' };
    await install({ baseUrl: `${server.base}/moved/mirror/` });
    await expectInstalled();
  });

  it('says what was tried and what to do by hand', async () => {
    server.statuses = [404];
    await expect(install()).rejects.toThrow(
      `downloadArchive: could not get Tiny. downloadFile: ${archive.url}: the server answers 404 Not Found. To do it by hand, put tiny.tar.gz into ${root}, or the folder tiny-bin that it holds.`,
    );
    await server.stop();
    await expect(install()).rejects.toThrow(
      `downloadArchive: could not get Tiny. downloadFile: ${archive.url}: connect ECONNREFUSED ${new URL(archive.url).host} (attempts: 2). To do it by hand,`,
    );
  });

  it('refuses an archive without the files, and keeps it', async () => {
    archive = serve(tarGz(ENTRIES.slice(2)));
    await expect(install()).rejects.toThrow(
      `unpackTarGz: could not unpack ${join(root, 'tiny.tar.gz')} into ${join(root, 'tiny-bin')}: expected the files of Tiny, but train.bin is missing.`,
    );
    expect(await readdir(root)).toEqual(['tiny.tar.gz']);
  });

  it('goes on after it was aborted', async () => {
    Object.assign(server, { cuts: [10_000], stalls: true });
    const abort = new AbortController();
    const onProgress = ({ doneBytes }: DownloadProgress) => doneBytes === 10_000 && abort.abort();
    await expect(install({ signal: abort.signal, onProgress })).rejects.toMatchObject({ name: 'AbortError' });
    await install();
    expect(server.rangesSeen).toEqual([undefined, 'bytes=10000-']);
    await expectInstalled();
  });

  it('downloads and unpacks once for calls at the same time', async () => {
    let unpacked = 0;
    const onProgress = ({ phase, doneBytes }: DownloadProgress) => {
      if (phase === 'unpack' && doneBytes === 0) unpacked++;
    };
    await Promise.all([install({ onProgress }), install({ onProgress })]);
    expect([server.requests.length, unpacked]).toEqual([1, 1]);
    await expectInstalled();
  });

  // Through another name of the folder: the calls do not know of each other.
  it('is done where another process has done the same', async () => {
    await mkdir(root);
    await symlink(root, `${root}-other`);
    await Promise.all([install(), installArchive(archive, `${root}-other`)]);
    await expectInstalled();
  });
});
