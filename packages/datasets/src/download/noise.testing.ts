import { createHash } from 'node:crypto';

/** Bytes that do not compress, always the same ones. */
export function noise(length: number): Buffer {
  return createHash('shake256', { outputLength: length }).digest();
}
