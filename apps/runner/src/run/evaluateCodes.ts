import { resolve } from 'node:path';
import type { MetricChoice, Modality } from '@hash/core';
import { openArrays, type ArrayFile } from '@hash/core/files';
import { UsageError } from '../errors.js';
import { CODE_NAMES } from './codeNames.js';
import { codesOf, detectCoding, type Coding, type CodingHints } from './coding.js';
import { curveOf } from './curves.js';
import type { Evaluated } from './evaluateRun.js';
import { matrixOf, readMatrix, splitArrayPath, type Matrix } from './matrixFile.js';
import { measureDirections, type Measuring } from './measureDirections.js';
import { labelsOf } from './readLabels.js';

/** Codes and labels that any program made. */
export interface CodesRequest extends CodingHints, Measuring {
  /** Codes of the database, or a file of queries and database: q_img, q_txt, r_img, r_txt, q_l, r_l. */
  readonly codes: string;
  readonly labels?: string;
  readonly queries?: string;
  readonly queryLabels?: string;
  readonly choice: MetricChoice;
  readonly curve?: 'rank' | 'radius';
}

/** Codes by modality, or just the one kind, and labels; as found in files. */
interface Found {
  readonly codes: ReadonlyMap<Modality | '', Matrix>;
  readonly labels: Matrix;
}

/**
 * Measures codes that are in files: one file of queries and database in several modalities, or a file of each.
 *
 * @param cwd  where relative paths start
 * @param say  told what was found in the files
 */
export async function evaluateCodes(
  request: CodesRequest,
  cwd: string,
  say: (line: string) => void,
): Promise<Evaluated & { readonly coding: Coding }> {
  const { query, database } = await readParts(request, cwd);
  const matrices = [...query.codes.values(), ...database.codes.values()];
  const coding = detectCoding(matrices, request);
  const labels = labelsOf(
    { matrix: query.labels, count: countOf(query) },
    { matrix: database.labels, count: countOf(database) },
  );
  const directions = directionsOf(query, database).map(({ prefix, from, to }) => ({
    prefix,
    data: {
      queryCodes: codesOf(from, coding, request.bits),
      databaseCodes: codesOf(to, coding, request.bits),
      queryLabels: labels.query,
      databaseLabels: labels.database,
    },
  }));
  const { bits } = directions[0]!.data.queryCodes;
  say(
    `codes of ${bits} bits, as ${coding}; ${countOf(query)} queries, ${countOf(database)} in the database, ${labels.query.classes} classes`,
  );
  const { choice, curve } = request;
  const metrics = await measureDirections(directions, choice, request);
  const curves =
    curve === undefined ? [] : directions.map(({ prefix, data }) => curveOf(prefix, data, choice, curve));
  return { bits, coding, metrics, curves };
}

function countOf({ codes }: Found): number {
  return [...codes.values()][0]!.rows;
}

/** From each modality to each other, then within each. */
function directionsOf(query: Found, database: Found): { prefix: string; from: Matrix; to: Matrix }[] {
  const pairs = [...query.codes].flatMap(([from, a]) =>
    [...database.codes].map(([to, b]) => ({ from, to, a, b })),
  );
  return [...pairs.filter(({ from, to }) => from !== to), ...pairs.filter(({ from, to }) => from === to)].map(
    ({ from, to, a, b }) => ({ prefix: from === '' ? '' : `${from}→${to} `, from: a, to: b }),
  );
}

async function readParts(request: CodesRequest, cwd: string): Promise<{ query: Found; database: Found }> {
  const path = (typed: string) => resolve(cwd, typed);
  const { codes, labels, queries, queryLabels } = request;
  const readLabels = async (typed: string | undefined) =>
    typed === undefined ? undefined : readMatrix(path(typed));
  const given = { query: await readLabels(queryLabels), database: await readLabels(labels) };
  if (queries === undefined) return readKeyedFile(path(codes), given);
  if (given.query === undefined || given.database === undefined)
    throw new UsageError(
      '--queries and --codes are measured by labels: name them by --query-labels and --labels.',
    );
  return {
    query: { codes: new Map([['', await readMatrix(path(queries))]]), labels: given.query },
    database: { codes: new Map([['', await readMatrix(path(codes))]]), labels: given.database },
  };
}

type Given = Readonly<Record<keyof typeof CODE_NAMES, Matrix | undefined>>;

async function readKeyedFile(typed: string, given: Given): Promise<{ query: Found; database: Found }> {
  const { path, name } = splitArrayPath(typed);
  const file = await openArrays(path);
  try {
    const parts = {
      query: await readPart(file, 'query', given),
      database: await readPart(file, 'database', given),
    };
    if (name === undefined && parts.query !== undefined && parts.database !== undefined)
      return { query: parts.query, database: parts.database };
    const wanted = Object.values(CODE_NAMES).flatMap((keys) => Object.values(keys));
    throw new UsageError(
      `${path} has not both queries and database, by the names ${wanted.join(', ')}. ` +
        'Name the queries by --queries, and labels by --query-labels and --labels.',
    );
  } finally {
    await file.close();
  }
}

/** Queries or database in a file that has both; undefined where it has no such codes. */
async function readPart(
  file: ArrayFile,
  part: keyof typeof CODE_NAMES,
  given: Given,
): Promise<Found | undefined> {
  const codes = new Map<Modality, Matrix>();
  for (const modality of ['image', 'text'] as const)
    if (file.arrays.has(CODE_NAMES[part][modality]))
      codes.set(modality, await matrixOf(file, CODE_NAMES[part][modality]));
  const [first, ...others] = codes.values();
  if (first === undefined) return undefined;
  for (const { place, rows } of others)
    if (rows !== first.rows)
      throw new Error(`${place}: expected ${first.rows} codes, as in ${first.place}, but found ${rows}.`);
  const labels =
    given[part] ??
    (file.arrays.has(CODE_NAMES[part].labels) ? await matrixOf(file, CODE_NAMES[part].labels) : undefined);
  if (labels !== undefined) return { codes, labels };
  const option = part === 'query' ? '--query-labels' : '--labels';
  throw new UsageError(`${file.path} has no labels ${CODE_NAMES[part].labels}. Name them by ${option}.`);
}
