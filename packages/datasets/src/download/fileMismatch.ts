import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';

/** What a file must be; what is left out is not checked. */
export interface ExpectedFile {
  /** In bytes. */
  readonly size?: number;
  /** 32 hexadecimal digits. */
  readonly md5?: string;
  /** 64 hexadecimal digits, or as many of the first as are known. */
  readonly sha256?: string;
}

/** @returns what is wrong with the file, such as `expected 7 bytes, but got 5`; undefined where it is as expected */
export async function fileMismatch(
  path: string,
  expected: ExpectedFile,
  signal?: AbortSignal,
): Promise<string | undefined> {
  const { size } = await stat(path);
  if (expected.size !== undefined && size !== expected.size) {
    return `expected ${expected.size} bytes, but got ${size}`;
  }
  for (const algorithm of ['md5', 'sha256'] as const) {
    const wanted = expected[algorithm]?.toLowerCase();
    if (wanted === undefined) continue;
    const found = await digest(path, algorithm, signal);
    if (!found.startsWith(wanted)) return `expected ${algorithm} ${wanted}, but got ${found}`;
  }
  return undefined;
}

async function digest(path: string, algorithm: string, signal?: AbortSignal): Promise<string> {
  const hash = createHash(algorithm);
  for await (const chunk of createReadStream(path, { highWaterMark: 1 << 20, signal })) {
    hash.update(chunk as Buffer);
  }
  return hash.digest('hex');
}
