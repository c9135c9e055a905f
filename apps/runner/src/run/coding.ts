import { bytesPerCode, MAX_BITS, packCodes, type BinaryCodes } from '@hash/core';
import type { Matrix } from './matrixFile.js';

/**
 * How a matrix of numbers holds binary codes: as signs -1 and +1, as bits 0 and 1, as reals whose x >= 0 is bit 1, or as
 * bytes of 8 bits each, the low bit first.
 */
export const CODINGS = ['signs', 'bits', 'reals', 'bytes'] as const;

export type Coding = (typeof CODINGS)[number];

/** What the user has said of the codes. */
export interface CodingHints {
  /** Where it is left out, the values tell. */
  readonly coding?: Coding;
  /** Of a code. */
  readonly bits?: number;
}

/** What values a matrix has. */
interface Survey {
  readonly matrix: Matrix;
  readonly hasMinusOne: boolean;
  readonly hasZero: boolean;
  readonly hasOther: boolean;
  readonly least: number;
  readonly most: number;
}

/**
 * Finds out how matrices hold codes. They are looked at together, so that queries and database are read alike.
 *
 * @throws Error  where it cannot be told, or two codings are mixed; it says what is in which file
 */
export function detectCoding(matrices: readonly Matrix[], { coding, bits }: CodingHints): Coding {
  const surveys = matrices.map(survey);
  const found = surveys.map((one) => `${describe(one)} in ${one.matrix.place}`).join('; ');
  const refuse = (expected: string, advice = '') =>
    new Error(`codes: expected ${expected}, but found ${found}.${advice}`);
  const has = (key: 'hasMinusOne' | 'hasZero' | 'hasOther') => surveys.some((one) => one[key]);
  const areBytes = matrices.every(({ dtype }) => dtype === 'uint8');
  if (coding === 'bytes' || (coding === undefined && areBytes && fitsBytes(matrices, bits))) {
    if (areBytes && bits !== undefined) return 'bytes';
    throw refuse('bytes of packed codes (uint8) and --bits, their length');
  }
  if (coding === 'reals') return coding;
  if (!has('hasOther') && !(has('hasMinusOne') && has('hasZero'))) {
    const simple = has('hasMinusOne') ? 'signs' : has('hasZero') ? 'bits' : (coding ?? 'signs');
    if (coding === undefined || coding === simple) return simple;
  }
  if (coding !== undefined) throw refuse(coding === 'signs' ? 'signs -1 and +1' : 'bits 0 and 1');
  if (!has('hasOther')) {
    const isMixed = surveys.some(({ hasMinusOne, hasZero }) => hasMinusOne && hasZero);
    throw refuse(
      'either signs -1 and +1 or bits 0 and 1',
      isMixed ? ' If x >= 0 is bit 1, say --coding reals.' : '',
    );
  }
  if (areBytes)
    throw refuse('signs, bits or reals', ' If they are packed codes, say how long they are by --bits.');
  if (!matrices.every(({ dtype }) => dtype.includes('float')))
    throw refuse('signs -1 and +1, bits 0 and 1, or reals', ' If x >= 0 is bit 1, say --coding reals.');
  if (surveys.every(({ least }) => least >= 0))
    throw refuse(
      'reals below 0 too',
      ' Every bit would be 1: subtract the threshold first, 0.5 of a sigmoid.',
    );
  return 'reals';
}

/** Whether columns are as many as the bytes of the codes, and not as their bits. */
function fitsBytes(matrices: readonly Matrix[], bits = 0): boolean {
  return bits > 1 && matrices.every(({ columns }) => columns === bytesPerCode(bits));
}

/** Reads codes from a matrix of known coding. */
export function codesOf(matrix: Matrix, coding: Coding, bits?: number): BinaryCodes {
  const { place, rows, columns } = matrix;
  const length = coding === 'bytes' ? bits! : columns;
  const wanted = coding === 'bytes' ? bytesPerCode(length) : (bits ?? columns);
  if (columns !== wanted)
    throw new Error(`${place}: expected ${wanted} columns for codes of ${bits} bits, but found ${columns}.`);
  if (length < 1 || length > MAX_BITS)
    throw new Error(`${place}: expected codes of 1 to ${MAX_BITS} bits, but found ${length}.`);
  if (coding === 'bytes') return packedCodes(matrix, length);
  const values = coding === 'bits' ? Int8Array.from(matrix.values, (bit) => 2 * bit - 1) : matrix.values;
  return packCodes(values, rows, length);
}

function packedCodes({ place, rows, columns, values }: Matrix, bits: number): BinaryCodes {
  const unused = bits % 8 === 0 ? 0 : (0xff << (bits % 8)) & 0xff;
  for (let row = 0; row < rows && unused > 0; row++) {
    if ((values[(row + 1) * columns - 1]! & unused) !== 0) {
      throw new Error(
        `${place}: row ${row}: expected codes of ${bits} bits, low bit first, but a bit above them is set. ` +
          `Bytes whose high bit comes first are codes of ${8 * columns} bits: distances are the same.`,
      );
    }
  }
  return { count: rows, bits, data: values as Uint8Array };
}

function survey(matrix: Matrix): Survey {
  const { values, columns, place } = matrix;
  let [hasMinusOne, hasZero, hasOther] = [false, false, false];
  let [least, most] = [Infinity, -Infinity];
  for (let i = 0; i < values.length; i++) {
    const value = values[i]!;
    if (value < least) least = value;
    if (value > most) most = value;
    if (value === -1) hasMinusOne = true;
    else if (value === 0) hasZero = true;
    else if (Number.isNaN(value))
      throw new Error(`${place}: row ${Math.floor(i / columns)}, column ${i % columns} is NaN.`);
    else if (value !== 1) hasOther = true;
  }
  return { matrix, hasMinusOne, hasZero, hasOther, least, most };
}

/** `-1 and 1`, or `float32 from -0.93 to 1.2`. */
function describe({ matrix, hasMinusOne, hasZero, hasOther, least, most }: Survey): string {
  if (matrix.values.length === 0) return 'nothing';
  if (hasOther) return `${matrix.dtype} from ${+least.toPrecision(3)} to ${+most.toPrecision(3)}`;
  const values = [...(hasMinusOne ? [-1] : []), ...(hasZero ? [0] : []), ...(most === 1 ? [1] : [])];
  return values.length > 1 ? `${values.slice(0, -1).join(', ')} and ${values.at(-1)}` : `only ${values[0]}`;
}
