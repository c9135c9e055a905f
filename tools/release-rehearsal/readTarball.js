import { readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';

const BLOCK = 512;

/**
 * The files of an npm tarball, as text, by their paths inside the package.
 *
 * @param {string} path
 * @returns {Map<string, string>}
 */
export function readTarball(path) {
  const bytes = gunzipSync(readFileSync(path));
  const files = new Map();
  for (let at = 0; at < bytes.length && bytes[at] !== 0;) {
    const text = (from, to) => bytes.toString('utf8', at + from, at + to).replace(/\0.*$/s, '');
    const size = parseInt(text(124, 136), 8);
    const name = [text(345, 500), text(0, 100)].filter(Boolean).join('/');
    const content = at + BLOCK;
    if (text(156, 157) === '0')
      files.set(name.replace(/^package\//, ''), bytes.toString('utf8', content, content + size));
    at = content + Math.ceil(size / BLOCK) * BLOCK;
  }
  return files;
}
