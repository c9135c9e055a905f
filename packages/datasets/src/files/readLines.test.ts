import { writeFileSync } from 'node:fs';
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { temporaryFolder } from '@hash/core/testing/temporaryFolder';
import { readLines } from './readLines.js';

const folder = temporaryFolder(beforeAll, afterAll);

async function lines(content: string | Buffer): Promise<string[]> {
  const path = folder.join('list.txt');
  writeFileSync(path, content);
  const found: string[] = [];
  for await (const { text, number } of readLines(path)) found.push(`${number} ${text}`);
  return found;
}

it.each([
  ['', []],
  ['a\nb\n', ['1 a', '2 b']],
  ['a\r\n\r\nb', ['1 a', '2 ', '3 b']],
  ['\uFEFFa\n\uFEFFb', ['1 a', '2 \uFEFFb']],
])('reads %j', async (content, expected) => {
  expect(await lines(content)).toEqual(expected);
});

it('reads characters of several bytes that lie across two chunks', async () => {
  const text = 'é☕'.repeat(200_000);
  expect(await lines(`x${text}\n${text}`)).toEqual([`1 x${text}`, `2 ${text}`]);
});

it('refuses a file without line feeds', async () => {
  await expect(lines(Buffer.alloc(2 ** 24 + 2 ** 18 + 1, 'a'))).rejects.toThrow(
    'list.txt:1: expected lines of text, but one has no end.',
  );
});
