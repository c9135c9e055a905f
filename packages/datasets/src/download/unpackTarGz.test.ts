import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { mkdir, readdir, readFile, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setImmediate, setTimeout } from 'node:timers/promises';
import { gunzipSync, gzipSync } from 'node:zlib';
import { create } from 'tar';
import { temporaryFolder } from '@hash/core/testing/temporaryFolder';
import type { DownloadProgress } from './downloadProgress.js';
import { noise } from './noise.testing.js';
import { tarBytes, tarGz, type TestEntry } from './tarGz.testing.js';
import { unpackTarGz, type UnpackTarGzOptions } from './unpackTarGz.js';

const root = temporaryFolder(beforeEach, afterEach);
let archive: string;
let folder: string;
beforeEach(() => {
  archive = root.join('a.tar.gz');
  folder = root.join('a');
});

const GOOD: TestEntry[] = [
  { path: 'top/', type: 'Directory', mode: 0o755 },
  { path: 'top/one.txt', content: 'one' },
  { path: './top/sub/two.txt', content: 'two'.repeat(400) },
  { path: 'top/sub/none', content: '' },
];

/** Unpacks bytes that must be refused, and sees that they left nothing; by default, that nothing was written at all. */
async function refusal(
  bytes: Buffer,
  options: UnpackTarGzOptions = { onProgress: expectNothingWritten },
): Promise<string> {
  await writeFile(archive, bytes);
  const error = await unpackTarGz(archive, folder, options).then(
    () => new Error('unpacked'),
    (e: Error) => e,
  );
  expect(await readdir(root.path)).toEqual(['a.tar.gz']);
  return error.message;
}

function expectNothingWritten({ doneBytes }: DownloadProgress): void {
  expect(doneBytes).toBe(0);
}

describe('unpackTarGz', () => {
  it('unpacks files and folders', async () => {
    await writeFile(archive, tarGz(GOOD));
    await unpackTarGz(archive, folder);
    expect((await readdir(folder, { recursive: true })).sort()).toEqual(
      ['top', 'top/one.txt', 'top/sub', 'top/sub/none', 'top/sub/two.txt'].map((name) => join(name)),
    );
    expect(await readFile(join(folder, 'top', 'one.txt'), 'utf8')).toBe('one');
    expect(await readFile(join(folder, 'top', 'sub', 'two.txt'), 'utf8')).toBe('two'.repeat(400));
    expect(await readdir(root.path)).toEqual(['a', 'a.tar.gz']);
  });

  it('unpacks what tar packs, large files and long names too', async () => {
    const source = root.join('source');
    const long = `${'long-'.repeat(40)}é.bin`;
    const bytes = noise(3_000_001);
    await mkdir(source);
    await writeFile(join(source, long), bytes);
    await writeFile(join(source, 'x'), bytes.subarray(0, 512));
    await create({ file: archive, gzip: true, cwd: root.path }, ['source']);
    await unpackTarGz(archive, folder, { strip: 1 });
    expect((await readdir(folder)).sort()).toEqual([long, 'x']);
    expect((await readFile(join(folder, long))).equals(bytes)).toBe(true);
    expect((await readFile(join(folder, 'x'))).equals(bytes.subarray(0, 512))).toBe(true);
  });

  it('leaves out the folders at the start of the paths, and what has no more of them', async () => {
    await writeFile(archive, tarGz([...GOOD, { path: 'beside', content: 'x' }]));
    await unpackTarGz(archive, folder, { strip: 1 });
    expect((await readdir(folder)).sort()).toEqual(['one.txt', 'sub']);
  });

  it('takes over no mode and no owner', async () => {
    await writeFile(archive, tarGz([{ path: 'x', mode: 0o6777, uid: 12345, gid: 12345, content: '' }]));
    await writeFile(root.join('mine'), '');
    await unpackTarGz(archive, folder);
    const [found, mine] = await Promise.all([stat(join(folder, 'x')), stat(root.join('mine'))]);
    expect([found.mode, found.uid, found.gid]).toEqual([mine.mode, mine.uid, mine.gid]);
  });

  it('says how far it is', async () => {
    const events: DownloadProgress[] = [];
    const size = tarBytes(GOOD).length;
    await writeFile(archive, tarGz(GOOD));
    await unpackTarGz(archive, folder, { onProgress: (event) => events.push(event) });
    expect(events[0]).toEqual({ phase: 'unpack', doneBytes: 0, totalBytes: null });
    expect(events.at(-1)).toEqual({ phase: 'unpack', doneBytes: size, totalBytes: size });
  });

  it('leaves a folder that is there', async () => {
    await mkdir(folder);
    await writeFile(join(folder, 'mine'), '');
    await writeFile(archive, tarGz(GOOD));
    await expect(unpackTarGz(archive, folder)).rejects.toThrow(
      `unpackTarGz: could not unpack ${archive} into ${folder}: the folder is there already.`,
    );
    expect(await readdir(folder)).toEqual(['mine']);
  });
});

describe('unpackTarGz refuses', () => {
  it.each<[string, TestEntry, string]>([
    ['a path up', { path: '../evil' }, 'expected paths inside the folder only, but got "../evil"'],
    [
      'a path up and down',
      { path: 'top/../../evil' },
      'expected paths inside the folder only, but got "top/../../evil"',
    ],
    ['an absolute path', { path: '/tmp/evil' }, 'expected paths inside the folder only, but got "/tmp/evil"'],
    ['a drive', { path: 'C:/evil' }, 'expected paths inside the folder only, but got "C:/evil"'],
    ['a place on a drive', { path: 'C:evil' }, 'expected paths inside the folder only, but got "C:evil"'],
    [
      'a symbolic link',
      { path: 'link', type: 'SymbolicLink', linkpath: '/etc' },
      'expected files and folders only, but got "link", a SymbolicLink to "/etc"',
    ],
    [
      'a hard link',
      { path: 'link', type: 'Link', linkpath: 'top/one.txt' },
      'expected files and folders only, but got "link", a Link to "top/one.txt"',
    ],
    [
      'a device',
      { path: 'null', type: 'CharacterDevice' },
      'expected files and folders only, but got "null", a CharacterDevice',
    ],
    ['a pipe', { path: 'pipe', type: 'FIFO' }, 'expected files and folders only, but got "pipe", a FIFO'],
    [
      'a sparse file',
      { path: 'holes', type: 'SparseFile' },
      'expected files and folders only, but got "holes", a SparseFile',
    ],
  ])('%s, be it the last entry', async (_, entry, reason) => {
    const message = await refusal(tarGz([...GOOD, entry, { path: 'after', content: 'x' }]));
    expect(message).toBe(`unpackTarGz: could not unpack ${archive} into ${folder}: ${reason}.`);
  });

  it('an archive cut anywhere', async () => {
    const whole = tarGz(GOOD);
    for (let length = 0; length < whole.length; length += 3) {
      const message = await refusal(whole.subarray(0, length));
      expect(message).toMatch(`unpackTarGz: ${archive} is truncated or damaged: `);
    }
  });

  it('tar data cut at any block', async () => {
    const whole = tarBytes(GOOD);
    for (let length = 0; length < whole.length; length += 512) {
      const message = await refusal(gzipSync(whole.subarray(0, length)));
      expect(message).toMatch(`unpackTarGz: ${archive} is truncated or damaged: `);
    }
  });

  it('an archive with a byte changed, unless its content is the same', async () => {
    const whole = tarGz(GOOD);
    let same = 0;
    // Before byte 10 is gzip's header: time and system may be any.
    for (let at = 10; at < whole.length; at += 3) {
      const changed = Buffer.from(whole);
      changed.writeUInt8(changed.readUInt8(at) ^ 0x10, at);
      if (unzips(changed)) same++;
      else expect(await refusal(changed)).toMatch(`unpackTarGz: ${archive} is truncated or damaged: `);
    }
    expect(same).toBeLessThan(3);
  });

  it.each([
    ['what is not gzip', Buffer.from('<html>Please log in</html>'), 'incorrect header check'],
    ['what is not tar', gzipSync(Buffer.alloc(5000, 65)), 'TAR_ENTRY_INVALID: checksum failure'],
    ['what is compressed twice', gzipSync(tarGz(GOOD)), 'max decompression ratio exceeded'],
  ])('%s', async (_, bytes, reason) => {
    expect(await refusal(bytes)).toContain(`unpackTarGz: ${archive} is truncated or damaged: ${reason}`);
  });

  it('more than it was allowed', async () => {
    const bytes = tarGz([{ path: 'zeros', content: '0'.repeat(1_000_000) }]);
    expect(bytes.length).toBeLessThan(3000);
    expect(await refusal(bytes, { maxBytes: 500_000 })).toBe(
      `unpackTarGz: could not unpack ${archive} into ${folder}: expected at most 500000 bytes when unpacked, but got more.`,
    );
  });

  it('what the check refuses', async () => {
    const check = async (unpacked: string) => {
      expect(await readdir(unpacked)).toEqual(['top']);
      throw new Error('three.txt is missing');
    };
    expect(await refusal(tarGz(GOOD), { check })).toBe(
      `unpackTarGz: could not unpack ${archive} into ${folder}: three.txt is missing.`,
    );
  });

  it('a file in place of a folder', async () => {
    const bytes = tarGz([
      { path: 'x', content: '1' },
      { path: 'x/y', content: '2' },
      { path: 'z', content: '3' },
    ]);
    const message = await refusal(bytes, {});
    expect(message).toContain(`unpackTarGz: could not unpack ${archive} into ${folder}: E`);
  });

  it('an archive that is not there', async () => {
    await expect(unpackTarGz(archive, folder)).rejects.toThrow(
      `unpackTarGz: could not unpack ${archive} into ${folder}: ENOENT: no such file or directory, open '${archive}'.`,
    );
  });

  it('to go on when aborted, before or in the middle of a file', async () => {
    await writeFile(archive, tarGz([{ path: 'noise', content: noise(2_000_000) }]));
    const abort = new AbortController();
    const reason = new Error('enough');
    const onProgress = ({ doneBytes }: DownloadProgress) => doneBytes > 0 && abort.abort(reason);
    await expect(unpackTarGz(archive, folder, { signal: abort.signal, onProgress })).rejects.toBe(reason);
    await expect(unpackTarGz(archive, folder, { signal: abort.signal })).rejects.toBe(reason);
    expect(await readdir(root.path)).toEqual(['a.tar.gz']);
  });

  it('to go on when aborted among many small files', async () => {
    const entries = Array.from({ length: 200 }, (_, i) => ({ path: `top/${i}/x`, content: 'x' }));
    await writeFile(archive, tarGz(entries));
    const abort = new AbortController();
    const unpacking = unpackTarGz(archive, folder, { signal: abort.signal });
    const refused = expect(unpacking).rejects.toMatchObject({ name: 'AbortError' });
    while ((await readdir(root.path, { recursive: true })).length < 10) await setImmediate();
    abort.abort();
    await refused;
    await setTimeout(20);
    expect(await readdir(root.path)).toEqual(['a.tar.gz']);
  });
});

/** Zeros that are copied from other zeros leave room for a change that changes nothing. */
function unzips(bytes: Buffer): boolean {
  try {
    return gunzipSync(bytes).equals(tarBytes(GOOD));
  } catch {
    return false;
  }
}
