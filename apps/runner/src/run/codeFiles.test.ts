import { readdirSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { labelsFromClassIds, randomCodes, Rng, type Modality } from '@hash/core';
import { temporaryFolder } from '@hash/core/testing/temporaryFolder';
import { readItems, writeCodes, writeItems } from './codeFiles.js';

const folder = temporaryFolder(beforeEach, afterEach);

const items = {
  codes: new Map<Modality, ReturnType<typeof randomCodes>>([
    ['image', randomCodes(5, 12, new Rng(1))],
    ['text', randomCodes(5, 12, new Rng(2))],
  ]),
  labels: labelsFromClassIds([0, 39, 2, 1, 0], 40),
};

describe('writeItems', () => {
  it('is read back by readItems', async () => {
    const codes = folder.join('codes');
    await writeItems(codes, 'query', items);
    expect(readdirSync(codes).sort()).toEqual(['query-image.npy', 'query-labels.npy', 'query-text.npy']);
    expect(statSync(join(codes, 'query-labels.npy')).size).toBe(128 + 5 * 40);
    const { labels, codes: read } = await readItems(codes, 'query', ['image', 'text'], 12);
    expect(labels).toEqual(items.labels);
    const bytes = (map: typeof read) => [...map].map(([modality, { data }]) => [modality, [...data]]);
    expect(bytes(read)).toEqual(bytes(items.codes));
  });
});

describe('writeItems of codes of several lengths', () => {
  it('is read back by readItems', async () => {
    const other = { ...items, codes: new Map<Modality, ReturnType<typeof randomCodes>>([['text', randomCodes(5, 64, new Rng(3))]]) }; // prettier-ignore
    const text = { ...items, codes: new Map([...items.codes].slice(1)), others: [other] };
    await writeItems(folder.path, 'query', text);
    expect(readdirSync(folder.path).sort()).toEqual(['64', 'query-labels.npy', 'query-text.npy']);
    const { others } = await readItems(folder.path, 'query', ['text'], 12);
    expect(others).toHaveLength(1);
    expect([...others![0]!.codes.get('text')!.data]).toEqual([...other.codes.get('text')!.data]);
    expect(others![0]!.labels).toEqual(items.labels);
  });
});

describe('readItems', () => {
  it('refuses codes of another length', async () => {
    await writeItems(folder.path, 'query', items);
    await expect(readItems(folder.path, 'query', ['image'], 24)).rejects.toThrow(
      `${folder.join('query-image.npy')}: expected codes of 3 bytes, but got 2.`,
    );
  });

  it('names a damaged file', async () => {
    await writeItems(folder.path, 'query', items);
    writeFileSync(folder.join('query-labels.npy'), 'not an array');
    await expect(readItems(folder.path, 'query', ['image'], 12)).rejects.toThrow(
      `${folder.join('query-labels.npy')}: byte 0: expected an npy file, starting with 934e554d5059, but found 6e6f7420616e.`,
    );
  });

  it('names a missing file', () =>
    expect(readItems(folder.path, 'query', ['image'], 12)).rejects.toThrow('query-image.npy'));
});

describe('writeCodes', () => {
  it('makes the folder', async () => {
    await writeCodes(folder.join('a', 'b.npy'), randomCodes(3, 8, new Rng(1)));
    expect(statSync(folder.join('a', 'b.npy')).size).toBe(128 + 3);
  });
});
