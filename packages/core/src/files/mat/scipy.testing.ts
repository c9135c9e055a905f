import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { MatValue } from './matFile.js';
import { openMat } from './openMat.js';

/** The path of a MAT file among the fixtures. */
export const fixture = (name: string): string =>
  fileURLToPath(new URL(`../../../fixtures/mat/${name}`, import.meta.url));

/** What SciPy reads; numbers as Python prints them. */
interface Expected {
  readonly shape: number[];
  readonly dtype?: string;
  readonly values?: string[];
  readonly strings?: string[];
  readonly cells?: Expected[];
  readonly fields?: string[];
  readonly structs?: Expected[][];
}
/** Variables by file and name. */
export const expected = JSON.parse(readFileSync(fixture('expected.json'), 'utf8')) as Record<
  'plain' | 'bigEndian' | 'structs',
  Record<string, Expected>
> & { readonly captions: readonly (readonly string[])[] };

function parsePython(text: string, dtype: string): number | bigint {
  if (dtype.includes('int64')) return BigInt(text);
  return { inf: Infinity, '-inf': -Infinity }[text] ?? Number(text);
}

/** A value of SciPy's in our words: it has no type for truth values. */
export function inOurWords(
  { shape, dtype = '', values, strings, cells, fields, structs }: Expected,
  name: string,
): object {
  if (structs !== undefined)
    return {
      class: 'struct',
      shape,
      fields,
      structs: structs.map((row) => row.map((value, i) => [fields![i], inOurWords(value, '')])),
    };
  if (strings !== undefined) return { class: 'char', shape, strings };
  if (cells !== undefined) return { class: 'cell', shape, cells: cells.map((cell) => inOurWords(cell, '')) };
  const numbers = values!.map((text) => parsePython(text, dtype));
  return { class: 'numbers', dtype: name === 'logical' ? 'bool' : dtype, shape, data: numbers };
}

/** A value whose numbers can be compared. */
export function plain(value: MatValue): object {
  if (value.class === 'struct')
    return {
      ...value,
      structs: value.structs.map((fields) => [...fields].map(([name, inner]) => [name, plain(inner)])),
    };
  if (value.class === 'cell') return { ...value, cells: value.cells.map(plain) };
  return value.class === 'char' ? value : { ...value, data: [...value.data] };
}

/** Reads all variables of a file. */
export async function readAll(path: string): Promise<void> {
  const mat = await openMat(path);
  try {
    for (const name of mat.variables.keys()) await mat.readVariable(name);
  } finally {
    await mat.close();
  }
}
