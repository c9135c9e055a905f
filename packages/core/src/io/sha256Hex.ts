import { createHash } from 'node:crypto';

/** @returns the SHA-256 of the bytes, or of a text's UTF-8, as 64 lower-case hexadecimal digits */
export function sha256Hex(bytes: Uint8Array | string): string {
  return createHash('sha256').update(bytes).digest('hex');
}
