import { afterEach, beforeEach, expect, it } from '@jest/globals';
import { writeFile } from 'node:fs/promises';
import { temporaryFolder } from '../testing/temporaryFolder.js';
import { sha256File } from './sha256File.js';

const folder = temporaryFolder(beforeEach, afterEach);

it('is SHA-256 of a million times the letter a: the example of FIPS 180-4', async () => {
  await writeFile(folder.join('a'), 'a'.repeat(1_000_000));
  expect(await sha256File(folder.join('a'))).toBe(
    'cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0',
  );
});
