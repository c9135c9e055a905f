import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import {
  labelsFromClassIds,
  randomCodes,
  Rng,
  unpackCodes,
  type BinaryCodes,
  type Modality,
} from '@hash/core';
import { writeMat, writeNpy } from '@hash/core/files';
import { temporaryFolder } from '@hash/core/testing/temporaryFolder';
import { METHODS } from '../methods.js';
import { writeItems } from '../run/codeFiles.js';
import { runFiles, writeJson } from '../run/runFolder.js';
import { runLine } from '../runLine.testing.js';

/** An index as faiss saved it, and what faiss found in it. */
const faiss = JSON.parse(
  readFileSync(new URL('../../../../packages/core/fixtures/faiss.json', import.meta.url), 'utf8'),
) as {
  /** The file, in base64. */
  readonly flat: string;
  /** Another kind of index. */
  readonly hnsw: string;
  /** [6, 6], in base64 */
  readonly queries: string;
  readonly distances: number[][];
};

const folder = temporaryFolder(beforeAll, afterAll);
const database = randomCodes(50, 12, new Rng(1));
const queries = randomCodes(4, 12, new Rng(2));

beforeAll(async () => {
  const signs = (codes: BinaryCodes) =>
    ({ dtype: 'int8', shape: [codes.count, codes.bits], data: unpackCodes(codes) }) as const;
  await writeNpy(folder.join('r.npy'), signs(database));
  await writeMat(
    folder.join('all.mat'),
    new Map([
      ['q', signs(queries)],
      ['r', signs(database)],
    ]),
  );
  await writeNpy(folder.join('bytes.npy'), { dtype: 'uint8', shape: [4, 2], data: queries.data });
  await writeRun('runs');
});

/** A run that is done with 12 bits. */
async function writeRun(name: string): Promise<void> {
  const run = folder.join(name);
  const { name: method, recipes } = METHODS.find((one) => one.name === 'wch')!;
  const quick: Record<string, unknown> = { ...recipes['quick'] };
  delete quick['description'];
  const plan = { ...quick, bits: [12], method, recipe: 'quick', seed: 0, select: 'last', validation: null };
  mkdirSync(runFiles.bits(run, 12), { recursive: true });
  await writeJson(runFiles.config(run), { plan, engine: 'cpu', versions: {} });
  await writeJson(runFiles.results(run, 12), {});
  const write = async (part: 'query' | 'database', codes: BinaryCodes, modalities: readonly Modality[]) => {
    const labels = labelsFromClassIds(new Uint8Array(codes.count), 1);
    mkdirSync(runFiles.codes(run, 12), { recursive: true });
    await writeItems(runFiles.codes(run, 12), part, {
      codes: new Map(modalities.map((one) => [one, codes])),
      labels,
    });
  };
  await write('query', queries, ['image', 'text']);
  await write('database', database, ['image']);
}

const run = (line: string) => runLine(folder.path, `index ${line}`);
const lines = (stdout: string) =>
  stdout
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line) as unknown);

/** By definition: all distances, sorted. */
function nearest(query: number): { id: number; distance: number }[] {
  const [a, b] = [unpackCodes(queries), unpackCodes(database)];
  const distances = Array.from({ length: 50 }, (_, id) => {
    const differs = Array.from({ length: 12 }, (_, bit) => a[12 * query + bit] !== b[12 * id + bit]);
    return { id, distance: differs.filter(Boolean).length };
  });
  return distances.sort((x, y) => x.distance - y.distance || x.id - y.id);
}
const hits = (keep: (distance: number, rank: number) => boolean) =>
  Array.from({ length: 4 }, (_, query) => {
    const found = nearest(query).filter(({ distance }, rank) => keep(distance, rank));
    return { query, ids: found.map(({ id }) => id), distances: found.map(({ distance }) => distance) };
  });

describe('index search', () => {
  it.each([
    'search r.npy --queries all.mat:q',
    'search all.mat:r --queries all.mat:q --threads 0',
    'search runs --queries all.mat:q',
    'search runs --queries bytes.npy --threads 1',
    'search r.npy --queries runs --modality text',
    'search runs --queries runs --query-modality image --bits 12',
  ])('%s finds the nearest', async (line) => {
    const { code, stdout, stderr } = await run(`${line} -k 7`);
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    expect(lines(stdout)).toEqual(hits((_, rank) => rank < 7));
  });

  it('finds all within a radius', async () => {
    const { stdout } = await run('search r.npy --queries all.mat:q --radius 3 --threads 0');
    expect(lines(stdout)).toEqual(hits((distance) => distance <= 3));
  });

  it('finds what faiss finds, in its file', async () => {
    writeFileSync(folder.join('flat.faiss'), Buffer.from(faiss.flat, 'base64'));
    writeFileSync(folder.join('graph.faiss'), Buffer.from(faiss.hnsw, 'base64'));
    writeFileSync(folder.join('notes.idx'), 'notes');
    const data = new Uint8Array(Buffer.from(faiss.queries, 'base64'));
    await writeNpy(folder.join('fq.npy'), { dtype: 'uint8', shape: [6, 6], data });
    for (const options of ['--threads 0', '--threads 0 --tables always', '--threads 0 --tables never']) {
      const { stdout } = await run(`search flat.faiss --queries fq.npy -k 10 ${options}`);
      expect(lines(stdout).map((one) => (one as { distances: number[] }).distances)).toEqual(faiss.distances);
    }
  });

  it('says how it searched', async () => {
    const { stdout, stderr } = await run(
      'search r.npy --queries all.mat:q -k 7 --threads 0 --table-memory 3 --statistics',
    );
    expect(lines(stdout)).toEqual(hits((_, rank) => rank < 7));
    expect(lines(stderr)).toEqual([
      {
        bits: 12,
        count: 50,
        bytes: expect.any(Number),
        tables: {
          use: 'auto',
          decision: 'scan: searches took little so far',
          planned: [],
          plannedBytes: 0,
          bits: [],
          bytes: 0,
        },
        queries: { scanned: 4, lookedUp: 0, givenUp: 0 },
      },
    ]);
  });

  it.each([
    ['search runs --queries none.npy', 1, 'none.npy'],
    ['info graph.faiss', 1, 'expected a faiss IndexBinaryFlat, which begins with "IBxF", but got "IBHf".'],
    [
      'search notes.idx --queries r.npy',
      1,
      'notes.idx: expected an index, which begins with "HashIdx1", a faiss IndexBinaryFlat, which begins with "IBxF", or arrays, named *.npy, ',
    ],
    [
      'search r.npy --queries r.npy --tables yes',
      2,
      "error: option '--tables <use>' argument 'yes' is invalid. Allowed choices are auto, never, always.",
    ],
    [
      'search r.npy --queries fq.npy',
      1,
      'codes: expected signs -1 and +1, bits 0 and 1, or reals, but found -1 and 1 in ',
    ],
    ['search r.npy --queries runs', 2, 'has query codes of image, text; name one by --modality.'],
    ['search runs --queries runs --bits 16', 2, 'The run has no codes of 16 bits; it has 12.'],
    ['search runs --queries runs --modality text', 2, 'has database codes of image; none of text.'],
    ['search all.mat --queries r.npy', 2, 'all.mat has several matrices: q, r. Name one, as in '],
    [
      'search r.npy --queries r.npy -k 1 --radius 2',
      2,
      "option '--radius <r>' cannot be used with option '-k <n>'",
    ],
    [
      'search r.npy',
      2,
      "error: required option '--queries <codes>' not specified\nType hash-runner index search --help",
    ],
    ['', 2, 'Usage: hash-runner index'],
  ])('refuses "%s"', async (line, expected, message) => {
    const { code, stdout, stderr } = await run(line);
    expect(stderr).toContain(message);
    expect({ code, stdout }).toEqual({ code: expected, stdout: '' });
  });
});

describe('index build and info', () => {
  it('writes an index that is searched and described', async () => {
    const built = await run('build r.npy --out r.idx');
    expect(built.stderr).toBe('');
    expect(lines(built.stdout)).toEqual([
      { path: folder.join('r.idx'), kind: 'hash', count: 50, bits: 12, coding: 'signs' },
    ]);
    expect(lines((await run('info r.idx')).stdout)).toEqual([
      { path: folder.join('r.idx'), kind: 'hash', count: 50, bits: 12, tables: { bits: [], bytes: 0 } },
    ]);
    const { stdout } = await run('search r.idx --queries all.mat:q -k 7 --threads 0');
    expect(lines(stdout)).toEqual(hits((_, rank) => rank < 7));
  });

  it('writes a file for faiss, whose codes have whole bytes', async () => {
    await run('build runs --out r.faiss');
    expect(readFileSync(folder.join('r.faiss')).toString('latin1', 0, 4)).toBe('IBxF');
    expect(lines((await run('info r.faiss')).stdout)).toMatchObject([{ kind: 'faiss', count: 50, bits: 16 }]);
    await run('build r.faiss --format hash --out copy');
    expect(lines((await run('info copy')).stdout)).toMatchObject([{ kind: 'hash', count: 50, bits: 16 }]);
  });

  it('describes runs and files of arrays', async () => {
    const path = folder.join('runs');
    expect(lines((await run('info runs')).stdout)).toEqual([
      { path, kind: 'run', part: 'query', modality: 'image', count: 4, bits: 12 },
      { path, kind: 'run', part: 'query', modality: 'text', count: 4, bits: 12 },
      { path, kind: 'run', part: 'database', modality: 'image', count: 50, bits: 12 },
    ]);
    expect(lines((await run('info all.mat')).stdout)).toEqual([
      { path: folder.join('all.mat'), kind: 'array', array: 'q', dtype: 'int8', shape: [4, 12] },
      { path: folder.join('all.mat'), kind: 'array', array: 'r', dtype: 'int8', shape: [50, 12] },
    ]);
    expect(lines((await run('info bytes.npy --bits 12')).stdout)).toEqual([
      { path: folder.join('bytes.npy'), kind: 'array', count: 4, bits: 12, coding: 'bytes' },
    ]);
  });
});
