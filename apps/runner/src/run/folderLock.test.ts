import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { temporaryFolder } from '@hash/core/testing/temporaryFolder';
import { isLocked, lockFolder } from './folderLock.js';

const folder = temporaryFolder(beforeAll, afterAll);

describe('lockFolder', () => {
  it('gives a folder to one at a time', async () => {
    const release = await lockFolder(folder.path);
    expect(await isLocked(folder.path)).toBe(true);
    expect(await lockFolder(folder.path)).toBeUndefined();
    expect(await isLocked(folder.join('other'))).toBe(false);
    await release!();
    expect(await isLocked(folder.path)).toBe(false);
    await (await lockFolder(folder.path))!();
  });

  it('takes what a killed process has left', async () => {
    const module = new URL('./folderLock.ts', import.meta.url).href;
    const script = `const { lockFolder } = await import('${module}'); await lockFolder(${JSON.stringify(folder.path)}); console.log('locked'); setInterval(() => {}, 1000);`;
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
    expect(await lockFolder(folder.path)).toBeUndefined();
    child.kill('SIGKILL');
    await once(child, 'exit');
    const release = await lockFolder(folder.path);
    expect(release).toBeDefined();
    await release!();
  });
});
