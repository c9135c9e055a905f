import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';

/** @returns the SHA-256 of a file of any size, as 64 lower-case hexadecimal digits */
export async function sha256File(path: string): Promise<string> {
  const hash = createHash('sha256');
  for await (const chunk of createReadStream(path, { highWaterMark: 1 << 20 })) hash.update(chunk as Buffer);
  return hash.digest('hex');
}
