import { win32 } from 'node:path';
import type { ReadEntry } from 'tar';

const PLAIN = new Set(['File', 'OldFile', 'ContiguousFile', 'Directory']);

/** @throws Error where an entry is no plain file or folder, or would lie outside the folder that it is unpacked into */
export function expectPlainEntry({ path, type, linkpath }: ReadEntry): void {
  const name = JSON.stringify(path);
  if (!PLAIN.has(type)) {
    const target = linkpath ? ` to ${JSON.stringify(linkpath)}` : '';
    throw new Error(`expected files and folders only, but got ${name}, a ${type}${target}`);
  }
  // Windows' idea of a root includes POSIX's.
  if (win32.parse(path).root !== '' || path.split(/[\\/]/).includes('..')) {
    throw new Error(`expected paths inside the folder only, but got ${name}`);
  }
}

/** @returns the path without its first `strip` folders; '' where nothing is left */
export function strippedPath(path: string, strip: number): string {
  const parts = path.split('/').filter((part) => part !== '' && part !== '.');
  return parts.slice(strip).join('/');
}
