import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { isLocked, lockFolder } from './folderLock.js';

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'lock-'));
});
afterAll(() => rmSync(folder, { recursive: true }));

describe('lockFolder', () => {
  it('gives a folder to one at a time', async () => {
    const release = await lockFolder(folder);
    expect(await isLocked(folder)).toBe(true);
    expect(await lockFolder(folder)).toBeUndefined();
    expect(await isLocked(join(folder, 'other'))).toBe(false);
    await release!();
    expect(await isLocked(folder)).toBe(false);
    await (await lockFolder(folder))!();
  });

  it('takes what a killed process has left', async () => {
    const module = new URL('./folderLock.ts', import.meta.url).href;
    const script = `const { lockFolder } = await import('${module}'); await lockFolder(${JSON.stringify(folder)}); console.log('locked'); setInterval(() => {}, 1000);`;
    const args = [
      '--import',
      import.meta.resolve('tsx'),
      '--conditions=@hash/source',
      '--input-type=module',
      '-e',
      script,
    ];
    const child = spawn(process.execPath, args, {
      stdio: ['ignore', 'pipe', 'inherit'],
      env: { ...process.env, NODE_OPTIONS: '' },
    });
    await once(child.stdout, 'data');
    expect(await lockFolder(folder)).toBeUndefined();
    child.kill('SIGKILL');
    await once(child, 'exit');
    const release = await lockFolder(folder);
    expect(release).toBeDefined();
    await release!();
  });
});
