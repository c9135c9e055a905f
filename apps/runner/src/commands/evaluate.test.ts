import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { writeSafetensors } from '@hash/core';
import { writeHdf5, writeMat, writeNpy, type NumericArray } from '@hash/core/files';
import { temporaryFolder } from '@hash/core/testing/temporaryFolder';
import { runLine } from '../runLine.testing.js';

interface Oracle {
  readonly input: Record<'query_codes' | 'database_codes' | 'query_labels' | 'database_labels', number[][]>;
  readonly mAP: Record<string, { readonly mAP_all_queries: number }>;
  readonly mean_precision_at_k: Record<string, number>;
}

/** Values that a program in Python computed. */
const oracle = JSON.parse(
  readFileSync(new URL('../../../../packages/core/fixtures/retrieval_eval.json', import.meta.url), 'utf8'),
) as Oracle;
const { query_codes: queries, database_codes: database } = oracle.input;
const { query_labels: queryLabels, database_labels: databaseLabels } = oracle.input;

const folder = temporaryFolder(beforeAll, afterAll);
beforeAll(writeFiles);

const run = (line: string) => runLine(folder.path, line);

function matrix(rows: number[][], change = (x: number) => x) {
  const data = Float32Array.from(rows.flat(), change);
  return { dtype: 'float32', shape: [rows.length, rows[0]!.length], data } as const;
}

function bytes(rows: number[][]): NumericArray {
  return { dtype: 'uint8', shape: [rows.length, rows[0]!.length], data: Uint8Array.from(rows.flat()) };
}

const ofBits = (rows: number[][]) => rows.map((row) => row.map((x) => (x + 1) / 2));
const packed = (rows: number[][]) =>
  rows.map((row) => [row.reduce((byte, x, i) => byte | ((x > 0 ? 1 : 0) << i), 0)]);

async function writeFiles(): Promise<void> {
  const save = (name: string, array: NumericArray) => writeNpy(folder.join(`${name}.npy`), array);
  await save('ql', bytes(queryLabels));
  await save('rl', bytes(databaseLabels));
  for (const [name, rows] of [
    ['q', queries],
    ['r', database],
  ] as const) {
    await save(`${name}-signs`, matrix(rows));
    await save(`${name}-bits`, bytes(ofBits(rows)));
    await save(
      `${name}-reals`,
      matrix(rows, (x) => x / 3),
    );
    await save(`${name}-bytes`, bytes(packed(rows)));
  }
  await save('zeros', matrix([[1, 0, -1, 1]]));
  await save('sigmoid', matrix([[0.1, 0.9, 0.2, 0.7]]));
  await save('nan', matrix([[1, NaN, -1, 1]]));
  await save('integers', { dtype: 'int32', shape: [1, 4], data: Int32Array.of(3, -1, 0, 1) });
  await save('high', bytes([[0xf0], [0x0f], [3]]));
  await save('list', { dtype: 'int64', shape: [3], data: BigInt64Array.of(0n, 1n, 2n) });
  const keyed = new Map(
    Object.entries({
      q_img: queries,
      q_txt: queries,
      r_img: database,
      r_txt: database,
      q_l: queryLabels,
      r_l: databaseLabels,
    }).map(([name, rows]) => [name, matrix(rows)]),
  );
  await writeMat(folder.join('all.mat'), keyed);
  await writeHdf5(folder.join('all.h5'), keyed);
  const { q_img, r_txt, q_l, r_l } = Object.fromEntries(keyed);
  await writeSafetensors(
    folder.join('some.safetensors'),
    new Map(Object.entries({ q_img: q_img!, r_txt: r_txt!, q_l: q_l!, r_l: r_l! })),
  );
}

interface Evaluated {
  readonly bits: number;
  readonly coding: string;
  readonly metrics: readonly { readonly name: string; readonly definition: string; readonly value: number }[];
}
const parse = (stdout: string) => (JSON.parse(stdout) as [Evaluated])[0];

const LABELS = '--labels rl.npy --query-labels ql.npy';

describe('evaluate --codes', () => {
  it.each([
    ['signs', 'as signs'],
    ['bits', 'as bits'],
    ['reals', 'as reals'],
    ['bytes --bits 4', 'as bytes'],
  ])('measures %s as the oracle does', async (kind, said) => {
    const [name, ...rest] = kind.split(' ');
    const { code, stdout, stderr } = await run(
      `evaluate --codes r-${name}.npy --queries q-${name}.npy ${LABELS} --map-at 2,3,5,6 --precision-at 1,2,3,6 ` +
        `--threads 0 --json ${rest.join(' ')}`,
    );
    expect(stderr).toBe(`codes of 4 bits, ${said}; 3 queries, 6 in the database, 3 classes\n`);
    expect(code).toBe(0);
    const { bits, coding, metrics } = parse(stdout);
    expect({ bits, coding }).toEqual({ bits: 4, coding: name });
    const value = (metric: string) => metrics.find((one) => one.name === metric)!.value;
    for (const k of [2, 3, 5, 6]) expect(value(`mAP@${k}`)).toBeCloseTo(oracle.mAP[k]!.mAP_all_queries, 10);
    for (const k of [1, 2, 3, 6])
      expect(value(`precision@${k}`)).toBeCloseTo(oracle.mean_precision_at_k[k]!, 10);
  });

  it.each(['all.mat', 'all.h5'])('measures all directions of %s', async (file) => {
    const { stdout } = await run(`evaluate --codes ${file} --map-at 3 --json`);
    const { metrics } = parse(stdout);
    expect(metrics.map(({ name }) => name)).toEqual(
      ['image→text', 'text→image', 'image→image', 'text→text'].map((direction) => `${direction} mAP@3`),
    );
    for (const { value } of metrics) expect(value).toBeCloseTo(oracle.mAP['3']!.mAP_all_queries, 10);
  });

  it('measures the directions that there are, and prints a table', async () => {
    const line = 'evaluate --codes some.safetensors --map-at 3 --definition min --ties average --threads 0';
    const { stdout } = await run(line);
    expect(stdout.split('\n')[0]).toMatch(/^bits +metric +definition +value$/);
    expect(stdout).toMatch(
      /^ +4 {2}image→text mAP@3 {2}min\(k, relevant\), average over ties {2}0\.\d{4}\n$/m,
    );
    expect((await run(line.replace('definition', 'denominator'))).stdout).toBe(stdout);
  });

  it('takes matrices out of a file by name, and a class for each item', async () => {
    const { stdout } = await run(
      `evaluate --codes all.h5:q_img --queries all.mat:q_txt --labels list.npy --query-labels list.npy --pr radius --json`,
    );
    const [{ metrics, curves }] = JSON.parse(stdout) as [Evaluated & { curves: { at: number[] }[] }];
    // Three different codes of three classes: each query finds itself first.
    expect(metrics).toEqual([{ name: 'mAP@all', definition: 'hits, stable', value: 1 }]);
    expect(curves[0]!.at).toEqual([0, 1, 2, 3, 4]);
  });

  it.each([
    [
      '--codes r-signs.npy --queries q-bits.npy',
      'codes: expected either signs -1 and +1 or bits 0 and 1, but found 0 and 1 in CWD/q-bits.npy; -1 and 1 in CWD/r-signs.npy.',
    ],
    [
      '--codes zeros.npy --queries zeros.npy',
      'found -1, 0 and 1 in CWD/zeros.npy; -1, 0 and 1 in CWD/zeros.npy. If x >= 0 is bit 1, say --coding reals.',
    ],
    [
      '--codes sigmoid.npy --queries sigmoid.npy',
      'codes: expected reals below 0 too, but found float32 from 0.1 to 0.9 in CWD/sigmoid.npy;',
    ],
    ['--codes nan.npy --queries nan.npy', 'CWD/nan.npy: row 0, column 1 is NaN.'],
    [
      '--codes integers.npy --queries integers.npy',
      'codes: expected signs -1 and +1, bits 0 and 1, or reals, but found int32 from -1 to 3 in',
    ],
    [
      '--codes r-bytes.npy --queries q-bytes.npy',
      'If they are packed codes, say how long they are by --bits.',
    ],
    [
      '--codes r-signs.npy --queries q-signs.npy --coding bits',
      'codes: expected bits 0 and 1, but found -1 and 1 in',
    ],
    [
      '--codes r-signs.npy --queries q-signs.npy --coding bytes',
      'codes: expected bytes of packed codes (uint8) and --bits, their length, but',
    ],
    [
      '--codes r-signs.npy --queries q-signs.npy --bits 8',
      'CWD/q-signs.npy: expected 8 columns for codes of 8 bits, but found 4.',
    ],
    [
      '--codes r-bytes.npy --queries high.npy --bits 4',
      'CWD/high.npy: row 0: expected codes of 4 bits, low bit first, but a bit above them is set.',
    ],
    [
      '--codes q-signs.npy --queries q-signs.npy',
      'CWD/rl.npy: expected labels of 3 items, but found [6, 3].',
    ],
    [
      '--codes r-signs.npy --queries q-signs.npy --query-labels list.npy',
      'labels: expected labels of one kind, but found a class for each item in CWD/list.npy, and 3 columns in CWD/rl.npy.',
    ],
    [
      '--codes r-signs.npy --queries q-signs.npy --query-labels q-signs.npy',
      'CWD/q-signs.npy: labelsFromMultiHot: expected 0 or 1 at item 1, class 0, but got -1.',
    ],
  ])('refuses %s', async (options, message) => {
    const { code, stdout, stderr } = await run(`evaluate ${LABELS} --threads 0 ${options}`);
    expect(stderr).toContain(message.replaceAll('CWD', folder.path));
    expect({ code, stdout }).toEqual({ code: 1, stdout: '' });
  });

  it.each([
    ['', 'evaluate: expected a run folder, or --codes <file>.'],
    ['runs/x --codes a.npy', 'evaluate: expected either a run folder or --codes, but got both.'],
    ['runs/x --queries a.npy', '--queries goes with --codes, not with a run.'],
    [
      '--codes r-signs.npy',
      'r-signs.npy has not both queries and database, by the names q_img, q_txt, q_l, r_img, r_txt, r_l.',
    ],
    ['--codes r-signs.npy --queries q-signs.npy', 'name them by --query-labels and --labels.'],
    [
      `--codes all.h5 --queries q-signs.npy ${LABELS}`,
      'all.h5 has several matrices: q_img, q_l, q_txt, r_img, r_l, r_txt. Name one, as in ',
    ],
    ['--codes all.mat --bits 4,8', '--bits: expected one length of --codes, but got 4,8.'],
    ['--codes all.mat --coding words', 'Allowed choices are signs, bits, reals, bytes.'],
  ])('refuses "%s" as wrong usage', async (options, message) => {
    const { code, stdout, stderr } = await run(`evaluate ${options}`);
    expect(stderr).toContain(message);
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
  });

  it('names a file that cannot be read', async () => {
    expect((await run(`evaluate --codes r.pkl --queries q.pkl ${LABELS}`)).stderr).toContain(
      `${folder.path}/q.pkl: expected a file named *.npy, *.npz, *.safetensors, *.mat, *.h5, *.hdf5.`,
    );
    expect((await run(`evaluate --codes r.npy --queries none.npy ${LABELS}`)).stderr).toContain('none.npy');
  });
});
