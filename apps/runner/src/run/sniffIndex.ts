import { open } from 'node:fs/promises';

/** The files that an index is kept in: our own, and faiss's. */
export type IndexFormat = 'hash' | 'faiss';

/** Of faiss's binary indexes only one kind can be read; the others are named where they are refused. */
const MAGICS: readonly (readonly [RegExp, IndexFormat])[] = [
  [/^HashIdx1/, 'hash'],
  [/^IB[A-Za-z]{2}/, 'faiss'],
];

/** The kind of index that a file begins as; undefined where it is none. */
export async function sniffIndex(path: string): Promise<IndexFormat | undefined> {
  const file = await open(path, 'r');
  try {
    const { buffer, bytesRead } = await file.read(Buffer.alloc(8), 0, 8, 0);
    const start = buffer.toString('latin1', 0, bytesRead);
    return MAGICS.find(([magic]) => magic.test(start))?.[1];
  } finally {
    await file.close();
  }
}
