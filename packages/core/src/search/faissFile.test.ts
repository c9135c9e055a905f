import { readFileSync, writeFileSync } from 'node:fs';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { type BinaryCodes, bytesPerCode } from '../codes/binaryCodes.js';
import { temporaryFolder } from '../testing/temporaryFolder.js';
import { HammingIndex } from './hammingIndex.js';
import type { Matches } from './matches.js';

/** The matches of one query as [distance, id] pairs. */
function pairs({ starts, ids, distances }: Matches, query: number): [number, number][] {
  return Array.from({ length: starts[query + 1]! - starts[query]! }, (_, i) => [
    distances[starts[query]! + i]!,
    ids[starts[query]! + i]!,
  ]);
}

describe('files of faiss', () => {
  const oracle = JSON.parse(readFileSync(new URL('../../fixtures/faiss.json', import.meta.url), 'utf8')) as {
    bits: number;
    flat: string;
    empty: string;
    hnsw: string;
    codes: string;
    queries: string;
    k: number;
    distances: number[][];
    radius: number;
    within: [number, number][][];
  };
  const bytes = (text: string) => Uint8Array.from(Buffer.from(text, 'base64'));
  const codes = (text: string): BinaryCodes => {
    const data = bytes(text);
    return { count: data.length / bytesPerCode(oracle.bits), bits: oracle.bits, data };
  };
  const folder = temporaryFolder(beforeEach, afterEach);
  let path: string;
  beforeEach(() => {
    path = folder.join('codes.faiss');
  });

  it('are read, and searched with what faiss finds', async () => {
    writeFileSync(path, bytes(oracle.flat));
    const index = await HammingIndex.loadFaiss(path);
    expect(index.codes(Array.from({ length: 200 }, (_, i) => i))).toEqual(codes(oracle.codes));
    const queries = codes(oracle.queries);
    const nearest = await index.search(queries, oracle.k);
    const within = await index.searchWithin(queries, oracle.radius);
    oracle.distances.forEach((distances, query) => {
      expect(pairs(nearest, query).map(([distance]) => distance)).toEqual(distances);
      expect(pairs(within, query)).toEqual(oracle.within[query]);
    });
  });

  it('are written to the byte as faiss writes them', async () => {
    const index = new HammingIndex(oracle.bits);
    index.add(codes(oracle.codes));
    await index.saveFaiss(path);
    expect(readFileSync(path).equals(Buffer.from(oracle.flat, 'base64'))).toBe(true);
    await new HammingIndex(64).saveFaiss(path);
    expect(readFileSync(path).equals(Buffer.from(oracle.empty, 'base64'))).toBe(true);
    index.remove([7]);
    await expect(index.saveFaiss(path)).rejects.toThrow(
      'HammingIndex.saveFaiss: codes were removed, and faiss numbers the others anew; add them to a new index first.',
    );
  });

  it('are refused when of another kind, truncated or inconsistent', async () => {
    const refused = (content: Uint8Array) => {
      writeFileSync(path, content);
      return expect(HammingIndex.loadFaiss(path)).rejects;
    };
    const start = `HammingIndex.loadFaiss: ${path}: `;
    const flat = bytes(oracle.flat);
    await refused(bytes(oracle.hnsw)).toThrow(
      `${start}expected a faiss IndexBinaryFlat, which begins with "IBxF", but got "IBHf".`,
    );
    await refused(flat.subarray(0, 30)).toThrow(
      `${start}expected a header of 33 bytes, but the file has 30.`,
    );
    await refused(flat.subarray(0, 1232)).toThrow(
      `${start}expected 1233 bytes for 200 codes of 48 bits, but the file has 1232.`,
    );
    await refused(flat.map((byte, i) => (i === 4 ? 49 : byte))).toThrow(
      `${start}expected codes of 8 to 1024 bits in whole bytes, but bytes 4 to 11 say 49 bits in 6 bytes.`,
    );
    await expect(HammingIndex.loadFaiss(folder.join('none'))).rejects.toThrow('ENOENT');
  });
});
