import { resolve } from 'node:path';
import type { HammingIndex } from '@hash/core';
import { openArrays } from '@hash/core/files';
import { readItemCodes, savedModalities } from './codeFiles.js';
import { decodeAll, findCodes, kindOf } from './codeSource.js';
import type { CodingHints } from './coding.js';
import { finishedBits } from './finishedBits.js';
import { splitArrayPath } from './matrixFile.js';
import { readRunConfig, runFiles } from './runFolder.js';

/** What lies at a place: a record for each list of codes of a run, for an index, or for each array of a file. */
export async function* describeCodes(typed: string, cwd: string, hints: CodingHints): AsyncGenerator<object> {
  const path = resolve(cwd, typed);
  const kind = await kindOf(path);
  if (kind === 'run') {
    yield* describeRun(path, hints);
    return;
  }
  const several =
    kind === 'array' && splitArrayPath(path).name === undefined ? await describeArrays(path) : [];
  if (several.length > 1) {
    yield* several;
    return;
  }
  const found = await findCodes({ path, part: 'database' }, cwd, { threads: 0 });
  const { codes, coding } = decodeAll([found], hints);
  const { bits, count } = codes[0]!;
  const statistics = found.kind === 'hash' || found.kind === 'faiss' ? tablesOf(found.codes) : {};
  yield { path, kind, count, bits, ...(coding === undefined ? {} : { coding }), ...statistics };
}

/** The hash tables that searches would make, where they pay. */
function tablesOf({ statistics }: HammingIndex): object {
  return { tables: { bits: statistics.tables.planned, bytes: statistics.tables.plannedBytes } };
}

async function* describeRun(path: string, { bits: wanted }: CodingHints): AsyncGenerator<object> {
  const { plan } = await readRunConfig(path);
  for (const bits of finishedBits(path, plan, wanted === undefined ? undefined : [wanted])) {
    const folder = runFiles.codes(path, bits);
    for (const part of ['query', 'database'] as const) {
      for (const modality of savedModalities(folder, part)) {
        const { count } = await readItemCodes(folder, part, modality, bits);
        yield { path, kind: 'run', part, modality, count, bits };
      }
    }
  }
}

async function describeArrays(path: string): Promise<object[]> {
  const file = await openArrays(path);
  try {
    return [...file.arrays].map(([array, { dtype, shape }]) => ({
      path,
      kind: 'array',
      array,
      dtype,
      shape,
    }));
  } finally {
    await file.close();
  }
}
