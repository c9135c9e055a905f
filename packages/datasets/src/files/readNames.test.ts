import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { readNames } from './readNames.js';

let path: string;
beforeAll(() => {
  path = join(mkdtempSync(join(tmpdir(), 'names-')), 'names.txt');
});
afterAll(() => {
  rmSync(join(path, '..'), { recursive: true });
});

describe('readNames', () => {
  it('reads a name from each line, whatever ends it', async () => {
    writeFileSync(path, 'apple\r\naquarium_fish\n\n');
    await expect(readNames(path, 2)).resolves.toEqual(['apple', 'aquarium_fish']);
  });

  it('wants all of them', async () => {
    writeFileSync(path, 'apple\n');
    await expect(readNames(path, 2)).rejects.toThrow(
      `${path}: expected 2 names, one in each line, but found 1.`,
    );
  });
});
