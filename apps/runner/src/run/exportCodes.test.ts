import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { labelsFromClassIds, multiHot, randomCodes, Rng, unpackCodes, type Modality } from '@hash/core';
import { openArrays } from '@hash/core/files';
import { temporaryFolder } from '@hash/core/testing/temporaryFolder';
import { twdh } from '@hash/clip-xmodal';
import { runLine } from '../runLine.testing.js';
import { writeItems } from './codeFiles.js';
import { planOfRecipe } from './resolvePlan.js';
import type { CodedItems } from './retrieval.js';
import { createRunFolder, runFiles, writeJson } from './runFolder.js';

const folder = temporaryFolder(beforeAll, afterAll);
const plan = planOfRecipe({ method: twdh, source: 'twdh' }, 'quick');
const split = { protocol: 'p', seed: 0, parts: {}, sha256: '0'.repeat(64) };

function items(count: number, bits: number): CodedItems {
  const codes = (['image', 'text'] as const).map(
    (modality) => [modality, randomCodes(count, bits, new Rng(modality))] as const,
  );
  return { codes: new Map<Modality, ReturnType<typeof randomCodes>>(codes), labels: labelsFromClassIds(Array.from({ length: count }, (_, i) => i % 3), 3) }; // prettier-ignore
}

const several = (count: number) => ({ ...items(count, 16), others: [items(count, 128)] });

beforeAll(async () => {
  const config = { plan: { ...plan, bits: [16, 32] }, engine: 'cpu', versions: {} };
  await createRunFolder(folder.join('run'), config, split);
  const codes = runFiles.codes(folder.join('run'), 16);
  await writeItems(codes, 'query', several(4));
  await writeItems(codes, 'database', several(7));
  await writeJson(runFiles.results(folder.join('run'), 16), {});
});

describe('hash-runner export', () => {
  it.each(['codes.mat', 'codes.h5'])('writes the six arrays that other programs read: %s', async (name) => {
    const { code, stderr } = await runLine(folder.path, `export run --bits 16 --out ${name}`);
    expect({ code, stderr }).toEqual({
      code: 0,
      stderr: `codes of 16 bits: ${name}: q_img [4, 16], q_txt [4, 16], q_l [4, 3], r_img [7, 16], r_txt [7, 16], r_l [7, 3]\n`,
    });
    const file = await openArrays(folder.join(name));
    expect(file.arrays.get('r_txt')).toMatchObject({ dtype: 'float32', shape: [7, 16] });
    const { codes, labels } = items(7, 16);
    expect([...(await file.read('r_txt')).data]).toEqual([...unpackCodes(codes.get('text')!)]);
    const read = await file.read('r_l');
    expect(read.dtype).toBe('int64');
    expect([...read.data].map(Number)).toEqual([...multiHot(labels)]);
    await file.close();
  });

  it('writes codes that evaluate measures as those of the run', async () => {
    await runLine(folder.path, 'export run --bits 16 --length 128 --out long.mat');
    const { stderr, stdout } = await runLine(folder.path, 'evaluate --codes long.mat --json');
    expect(stderr).toContain('codes of 128 bits, as signs; 4 queries, 7 in the database, 3 classes');
    const ofFile = (JSON.parse(stdout) as { metrics: { name: string; value: number }[] }[])[0]!.metrics;
    const ofRun = JSON.parse((await runLine(folder.path, 'evaluate run --bits 16 --json')).stdout) as typeof ofFile extends infer M ? { metrics: M }[] : never; // prettier-ignore
    const long = ofRun[0]!.metrics.filter(
      ({ name }) => name.startsWith('128 bits') && name.endsWith('mAP@all'),
    );
    expect(long).toHaveLength(4);
    expect(long.map(({ value }) => value)).toEqual(ofFile.map(({ value }) => value));
  });

  it.each([
    [
      'export run --bits 16 --out codes.npz',
      /--out: expected a file named \*\.mat, \*\.h5, \*\.hdf5, but got .*codes\.npz\./,
    ],
    ['export run --bits 16 --length 64 --out x.mat', /--length: expected one of 16, 128, but got 64\./],
    ['export run --bits 32 --out x.mat', /The run is not done with 32 bits/],
    ['export run --out x.mat', /The run has models of 16, 32 bits; name one by --bits\./],
    ['export . --out x.mat', /is no run folder/],
  ])('refuses %s', async (line, message) => {
    const { code, stderr } = await runLine(folder.path, line);
    expect(code).toBe(2);
    expect(stderr).toMatch(message);
  });
});
