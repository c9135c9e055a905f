import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { labelsFromClassIds, randomCodes, Rng, type Modality } from '@hash/core';
import { temporaryFolder } from '@hash/core/testing/temporaryFolder';
import { writeItems } from '../run/codeFiles.js';
import type { CodedItems } from '../run/retrieval.js';
import { runFiles } from '../run/runFolder.js';
import { measureCodes } from './measureCodes.js';

const MODALITIES: readonly Modality[] = ['image', 'text'];
const labels = labelsFromClassIds([0, 1, 0, 1, 1, 0], 2);

/** @param seed  of codes that several models share */
function items(bits: number, seed: number): CodedItems {
  const codes = MODALITIES.map(
    (modality) => [modality, randomCodes(6, bits, new Rng(seed).fork(modality))] as const,
  );
  return { codes: new Map(codes), labels };
}

describe('measureCodes', () => {
  const folder = temporaryFolder(beforeEach, afterEach);

  const measure = async (lengths: readonly number[], seedsOfLong: readonly number[]) => {
    for (const [i, bits] of lengths.entries())
      for (const part of ['query', 'database'] as const) {
        const long = items(32, seedsOfLong[i]!);
        await writeItems(runFiles.codes(folder.path, bits), part, { ...items(bits, bits), others: [long] });
      }
    const method = { modalities: MODALITIES };
    return measureCodes({ folder: folder.path, method, lengths: lengths.map((bits) => ({ bits })) });
  };

  it('measures codes of other lengths once that models share, after the shorter ones', async () => {
    const measured = await measure([8, 16], [1, 1]);
    expect(measured.map(({ label }) => label)).toEqual(['8', '16', '32']);
    expect(measured.map(({ directions }) => directions.map(({ name }) => name))).toEqual(
      Array(3).fill(['image→text', 'text→image', 'image→image', 'text→text']),
    );
    expect([...measured[2]!.statistics.keys()]).toEqual(['image', 'text']);
    expect(measured[2]!.directions[0]!.distances.relevant).toHaveLength(33);
  });

  it('says which model codes are of where models differ', async () => {
    const measured = await measure([8, 16], [1, 2]);
    expect(measured.map(({ bits, label }) => [bits, label])).toEqual([
      [8, '8'],
      [16, '16'],
      [32, '32'],
      [32, '32 beside 16'],
    ]);
  });

  it('calls those of the run by their length alone', async () => {
    const measured = await measure([8, 32], [1, 1]);
    expect(measured.map(({ label }) => label)).toEqual(['8', '32', '32 beside 8']);
  });
});
