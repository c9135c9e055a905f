import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { readdir, readFile, writeFile } from 'node:fs/promises';
import { temporaryFolder } from '../testing/temporaryFolder.js';
import { breakDisk, limitDisk } from './limitDisk.testing.js';
import { removeTemporaryFiles, writeFileAtomically } from './writeFileAtomically.js';

const folder = temporaryFolder(beforeEach, afterEach);
afterEach(() => void jest.restoreAllMocks());

describe('writeFileAtomically', () => {
  it('writes the chunks in order, over what was there', async () => {
    const path = folder.join('a.json');
    await writeFile(path, 'something longer than that');
    await writeFileAtomically(path, ['é', Uint8Array.of(98), '', 'c']);
    expect(await readFile(path, 'utf8')).toBe('ébc');
    expect(await readdir(folder.path)).toEqual(['a.json']);
  });

  it('leaves the old file and nothing else where the disk is full', async () => {
    const path = folder.join('a.json');
    await writeFile(path, 'old');
    await limitDisk(4);
    await expect(writeFileAtomically(path, ['new', 'er'])).rejects.toThrow(
      `Could not write ${path}: no space is left on the device; free some, or choose another folder (ENOSPC).`,
    );
    jest.restoreAllMocks();
    expect(await readFile(path, 'utf8')).toBe('old');
    expect(await readdir(folder.path)).toEqual(['a.json']);
  });

  it('leaves the old file where the bytes do not reach the disk', async () => {
    const path = folder.join('a.json');
    await writeFile(path, 'old');
    await breakDisk();
    await expect(writeFileAtomically(path, ['new'])).rejects.toThrow(
      `Could not write ${path}: EIO: i/o error, fsync.`,
    );
    expect(await readFile(path, 'utf8')).toBe('old');
    expect(await readdir(folder.path)).toEqual(['a.json']);
  });

  it('leaves nothing where its source throws, and passes the cause on', async () => {
    const failure = new Error('device lost');
    const path = folder.join('a.json');
    const chunks = function* () {
      yield 'half';
      throw failure;
    };
    await expect(writeFileAtomically(path, chunks())).rejects.toMatchObject({
      message: `Could not write ${path}: device lost.`,
      cause: failure,
    });
    expect(await readdir(folder.path)).toEqual([]);
  });

  it('says that the folder is missing', async () => {
    const path = folder.join('no', 'a.json');
    await expect(writeFileAtomically(path, ['x'])).rejects.toThrow(
      `Could not write ${path}: the folder ${folder.join('no')} does not exist; create it first (ENOENT).`,
    );
  });

  it('lets two writers of the same file both finish', async () => {
    const path = folder.join('a.json');
    await Promise.all(['1'.repeat(9), '2'.repeat(9)].map((text) => writeFileAtomically(path, [text])));
    expect(['111111111', '222222222']).toContain(await readFile(path, 'utf8'));
    expect(await readdir(folder.path)).toEqual(['a.json']);
  });
});

it('removeTemporaryFiles removes what it made and nothing else', async () => {
  const kept = ['a.tmp', 'b.12345678', 'c.json', 'd.ABCDEF01.tmp', 'e.1234567.tmp'];
  for (const name of [...kept, 'model.safetensors.0123abcd.tmp']) await writeFile(folder.join(name), '');
  await removeTemporaryFiles(folder.path);
  expect((await readdir(folder.path)).sort()).toEqual(kept);
});
