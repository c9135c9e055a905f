import { expect, it } from '@jest/globals';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { sha256File } from './sha256File.js';

it('is SHA-256 of a million times the letter a: the example of FIPS 180-4', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'sha256File-'));
  await writeFile(join(folder, 'a'), 'a'.repeat(1_000_000));
  expect(await sha256File(join(folder, 'a'))).toBe(
    'cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0',
  );
  await rm(folder, { recursive: true });
});
