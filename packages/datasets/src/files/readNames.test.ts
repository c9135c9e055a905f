import { writeFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { temporaryFolder } from '@hash/core/testing/temporaryFolder';
import { readNames } from './readNames.js';

const folder = temporaryFolder(beforeAll, afterAll);
let path: string;
beforeAll(() => {
  path = folder.join('names.txt');
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
