import { once } from 'node:events';
import { rm } from 'node:fs/promises';
import { connect, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { sha256Hex } from '@hash/core';

/**
 * Takes a folder for this process. The lock is a socket on which it listens: when a process ends, however it does, the
 * system closes it.
 *
 * @param folder  absolute path; it need not exist
 * @returns the way to give it back, or undefined where another process has it
 */
export async function lockFolder(folder: string): Promise<(() => Promise<void>) | undefined> {
  const address = addressOf(folder);
  for (;;) {
    const server = createServer((socket) => socket.destroy());
    try {
      server.listen(address);
      await once(server, 'listening');
      server.unref();
      return async () => {
        server.close();
        await once(server, 'close');
      };
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EADDRINUSE') throw error;
    }
    if (await isLocked(folder)) return undefined;
    await rm(address, { force: true }); // of a process that was killed
  }
}

/** Whether a process has taken the folder. */
export async function isLocked(folder: string): Promise<boolean> {
  const socket = connect(addressOf(folder));
  try {
    await once(socket, 'connect');
    return true;
  } catch {
    return false;
  } finally {
    socket.destroy();
  }
}

function addressOf(folder: string): string {
  const name = `hash-runner-${sha256Hex(folder).slice(0, 24)}`;
  return process.platform === 'win32' ? `\\\\.\\pipe\\${name}` : join(tmpdir(), `${name}.lock`);
}
