import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { readFile, writeFile } from 'node:fs/promises';
import { temporaryFolder } from '../testing/temporaryFolder.js';
import { JsonLines } from './jsonLines.js';
import { limitDisk } from './limitDisk.testing.js';

const folder = temporaryFolder(beforeEach, afterEach);
let path: string;
beforeEach(() => {
  path = folder.join('metrics.jsonl');
});
afterEach(() => void jest.restoreAllMocks());

describe('JsonLines', () => {
  it('writes values in order, one a line, and counts bytes', async () => {
    const lines = await JsonLines.open(path, 0);
    for (let i = 0; i < 1000; i++) lines.append({ i, text: 'é\n' });
    const expected = Array.from({ length: 1000 }, (_, i) => `{"i":${i},"text":"é\\n"}\n`).join('');
    expect(await lines.sync()).toBe(Buffer.byteLength(expected));
    expect(await readFile(path, 'utf8')).toBe(expected);
    lines.append('last');
    await lines.close();
    expect(await readFile(path, 'utf8')).toBe(`${expected}"last"\n`);
  });

  it('keeps the beginning of what is there and cuts off the rest', async () => {
    await writeFile(path, '1\n2\n3\n');
    const lines = await JsonLines.open(path, 4);
    lines.append(9);
    expect(await lines.sync()).toBe(6);
    await lines.close();
    expect(await readFile(path, 'utf8')).toBe('1\n2\n9\n');
  });

  it('refuses a file that is shorter than what is to be kept, and leaves it', async () => {
    await writeFile(path, '1\n');
    await expect(JsonLines.open(path, 4)).rejects.toThrow(
      `JsonLines.open: expected ${path} to have at least 4 bytes, but got 2.`,
    );
    expect(await readFile(path, 'utf8')).toBe('1\n');
  });

  it('says that the folder is missing', async () => {
    const missing = folder.join('no', 'metrics.jsonl');
    await expect(JsonLines.open(missing, 0)).rejects.toThrow(
      `Could not write ${missing}: the folder ${folder.join('no')} does not exist; create it first (ENOENT).`,
    );
  });

  it('reports a full disk at the next line and at sync', async () => {
    const lines = await JsonLines.open(path, 0);
    await limitDisk(3);
    lines.append('first');
    const message = `Could not write ${path}: no space is left on the device; free some, or choose another folder (ENOSPC).`;
    await expect(lines.sync()).rejects.toThrow(message);
    expect(() => lines.append(2)).toThrow(message);
    await lines.close();
  });
});
