import { writeFileSync } from 'node:fs';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { temporaryFolder } from '@hash/core/testing/temporaryFolder';
import { readMerges, writeMerges } from './mergesFile.js';

describe('readMerges', () => {
  const folder = temporaryFolder(beforeAll, afterAll);
  let path: string;
  beforeAll(() => {
    path = folder.join('vocabulary.txt');
  });

  it('reads text, gzipped text, and what writeMerges wrote', async () => {
    const merges = [['Ã', '©</w>'], ['a', 'b']] as const; // prettier-ignore
    const text = '"names#version: 0.2\nÃ ©</w>\na b\n';
    writeFileSync(path, text);
    expect(await readMerges(path)).toEqual(merges);
    writeFileSync(path, gzipSync(text.trimEnd()));
    expect(await readMerges(path)).toEqual(merges);
    await writeMerges(path, merges);
    expect(await readMerges(path)).toEqual(merges);
    await writeMerges(path, []);
    expect(await readMerges(path)).toEqual([]);
  });

  it("stops where CLIP's vocabulary ends", async () => {
    writeFileSync(path, `headline\n${'a b\n'.repeat(48_894)}no merge at all\n`);
    expect(await readMerges(path)).toHaveLength(48_894);
  });

  it.each([
    ['one symbol', 'headline\na b\nab\n', 'line 3: expected two symbols, but found "ab".'],
    ['three symbols', 'headline\na b c\n', 'line 2: expected two symbols, but found "a b c".'],
    ['an empty line', 'headline\n\na b\n', 'line 2: expected two symbols, but found "".'],
  ])('refuses %s', async (_, text, message) => {
    writeFileSync(path, text);
    await expect(readMerges(path)).rejects.toThrow(`${path}: ${message}`);
  });

  it('refuses a damaged archive and one that bursts', async () => {
    writeFileSync(path, gzipSync('headline\na b\n').subarray(0, 20));
    await expect(readMerges(path)).rejects.toThrow(
      `${path}: expected a gzipped text, but found: unexpected end of file.`,
    );
    writeFileSync(path, gzipSync(Buffer.alloc(2 ** 26 + 1)));
    await expect(readMerges(path)).rejects.toThrow(`${path}: expected a gzipped text, but found: `);
  });
});
