import type { ArrayFile } from '../arrayFile.js';
import type { ArrayInfo, ElementType, NumericArray, NumericData } from '../numericArray.js';

/** What a file says of a variable before its values are read. */
export interface MatInfo {
  /** MATLAB's name of its class, such as `double`, `logical`, `char`, `cell`, `sparse`; `complex double`. */
  readonly class: string;
  /** As MATLAB has it: rows, columns, and so on. */
  readonly shape: readonly number[];
}

/** Text: a string for each row of a matrix of characters, with the blanks that fill it up. */
export interface MatText {
  readonly class: 'char';
  /** Of the strings: that of the characters without its last axis. */
  readonly shape: readonly number[];
  readonly strings: readonly string[];
}

export interface MatCells {
  readonly class: 'cell';
  readonly shape: readonly number[];
  /** In row-major order. */
  readonly cells: readonly MatValue[];
}

/** MATLAB's array of structs: the same fields in each. */
export interface MatStructs {
  readonly class: 'struct';
  readonly shape: readonly number[];
  readonly fields: readonly string[];
  /** In row-major order; values by the names of the fields. */
  readonly structs: readonly ReadonlyMap<string, MatValue>[];
}

export interface MatNumbers extends NumericArray {
  readonly class: 'numbers';
}

export type MatValue = MatText | MatCells | MatStructs | MatNumbers;

/** An open file of MATLAB's variables. Its `arrays` are those of numbers and truth values. */
export interface MatFile extends ArrayFile {
  /** 5 stands for 5 to 7.2. Version 7.3 is HDF5, of which any part can be read. */
  readonly version: '5' | '7.3';
  readonly variables: ReadonlyMap<string, MatInfo>;
  /**
   * Reads a variable of numbers, text, cells or, in version 5, structs, and no other.
   *
   * @throws Error  where there is no such variable, it is of another kind (sparse or complex matrices, objects, structs
   *                in version 7.3) or its values are damaged
   */
  readVariable(name: string): Promise<MatValue>;
  /**
   * Hands on the values of a variable of numbers slice by slice of its last axis, such as the columns of a matrix: one of
   * them is in memory at a time. Within a slice the first axis runs fastest, as in the file.
   *
   * @throws Error  as `readVariable`
   */
  eachSlice(name: string, use: (slice: NumericData, index: number) => void): Promise<void>;
  /**
   * Reads a variable of text without the blanks at the ends of its strings. It takes the memory of what is left, which of
   * strings as unlike in length as captions is a small part.
   *
   * @throws Error  as `readVariable`
   */
  readTrimmed(name: string): Promise<MatText>;
}

/** Element types by the names of MATLAB's classes. */
export const MAT_CLASSES = {
  logical: 'bool',
  double: 'float64',
  single: 'float32',
  int8: 'int8',
  uint8: 'uint8',
  int16: 'int16',
  uint16: 'uint16',
  int32: 'int32',
  uint32: 'uint32',
  int64: 'int64',
  uint64: 'uint64',
} as const;

export function elementTypeOfClass(name: string): ElementType | undefined {
  return Object.hasOwn(MAT_CLASSES, name) ? MAT_CLASSES[name as keyof typeof MAT_CLASSES] : undefined;
}

/** Of variables, those that are arrays of numbers. */
export function arrayInfos(variables: ReadonlyMap<string, MatInfo>): ReadonlyMap<string, ArrayInfo> {
  return new Map(
    [...variables].flatMap(([name, { class: of, shape }]): [string, ArrayInfo][] => {
      const dtype = elementTypeOfClass(of);
      return dtype === undefined ? [] : [[name, { dtype, shape }]];
    }),
  );
}

/** @throws Error  where a value is text, cells or structs */
export function numbersOnly(place: string, value: MatValue): NumericArray {
  if (value.class !== 'numbers') throw new Error(`${place}: expected numbers, but found ${value.class}.`);
  return { dtype: value.dtype, shape: value.shape, data: value.data };
}

/** Readers nest cells and structs no deeper. */
export const DEEPEST_CELL = 16;
