import { countElements, viewElements, type ElementType, type NumericData } from '../numericArray.js';
import { columnMajorStrides, toRowMajor } from '../rowMajor.js';
import { charStrings } from './charStrings.js';
import type { MatElements, Storage, Tag } from './matElement.js';
import { DEEPEST_CELL, elementTypeOfClass, type MatCells, type MatInfo, type MatValue } from './matFile.js';
import { readStructs } from './matStructs.js';
import { decodeUtf32 } from './utf32.js';

/** MATLAB's classes by their numbers in v5 files. */
const CLASSES: Readonly<Record<number, string>> = {
  1: 'cell',
  2: 'struct',
  3: 'object',
  4: 'char',
  5: 'sparse',
  6: 'double',
  7: 'single',
  8: 'int8',
  9: 'uint8',
  10: 'int16',
  11: 'uint16',
  12: 'int32',
  13: 'uint32',
  14: 'int64',
  15: 'uint64',
  16: 'function',
  17: 'opaque',
};

const LOGICAL = 0x02;
const COMPLEX = 0x08;

const MOST_AXES = 64;

export interface MatHeader extends MatInfo {
  readonly name: string;
}

/** Reads what stands before the values of a matrix: its class, shape and name. */
export async function readMatHeader(elements: MatElements, room: number): Promise<MatHeader> {
  const start = elements.position;
  const left = () => start + room - elements.position - 8;
  const flags = await elements.element(left());
  if (flags.storage !== 'uint32' || flags.size !== 8)
    throw elements.error(start, 'the 8 bytes of flags of a matrix', `${flags.size} of ${flags.storage}`);
  const word = new DataView(flags.data.buffer).getUint32(0, true);
  const name = CLASSES[word & 0xff];
  if (name === undefined) throw elements.error(start + 8, 'a class from 1 to 17', String(word & 0xff));
  const at = elements.position;
  // An opaque object has no shape.
  const shape = name === 'opaque' ? [] : shapeOf(elements, await elements.element(left()), at);
  return { class: describeClass(name, word >>> 8), shape, name: await readName(elements, left()) };
}

function describeClass(name: string, flags: number): string {
  if ((flags & COMPLEX) !== 0) return `complex ${name}`;
  return name === 'uint8' && (flags & LOGICAL) !== 0 ? 'logical' : name;
}

function shapeOf(elements: MatElements, { storage, data }: Required<Tag>, at: number): readonly number[] {
  if (storage !== 'int32') throw elements.error(at, 'a shape of int32', storage);
  const shape = [...new Int32Array(data.buffer)];
  if (shape.length < 2 || shape.length > MOST_AXES || shape.some((size) => size < 0))
    throw elements.error(at, `a shape of 2 to ${MOST_AXES} axes`, `[${shape.join(', ')}]`);
  return shape;
}

async function readName(elements: MatElements, room: number): Promise<string> {
  const at = elements.position;
  const { storage, data } = await elements.element(room);
  if (storage !== 'int8' && storage !== 'utf-8') throw elements.error(at, 'a name of int8', storage);
  return Buffer.from(data).toString('utf8');
}

/**
 * Reads the values of a matrix whose header has been read.
 *
 * @param end    where the matrix ends
 * @param depth  cells and structs that it lies in
 */
export async function readMatValue(
  elements: MatElements,
  header: MatHeader,
  end: number,
  depth = 0,
): Promise<MatValue> {
  const dtype = elementTypeOfClass(header.class);
  if (header.class === 'cell' || header.class === 'struct') {
    if (depth === DEEPEST_CELL)
      throw elements.error(elements.position, `cells at most ${DEEPEST_CELL} deep`, 'deeper ones');
    const readNext = () => readInner(elements, end, depth + 1);
    return header.class === 'cell'
      ? readCells(elements, header, end, readNext)
      : readStructs(elements, header, end, readNext);
  }
  if (dtype === undefined && header.class !== 'char')
    throw new Error(
      `${elements.place}: expected numbers, text, cells or structs, but found ${header.class}.`,
    );
  const at = elements.position;
  const element = await elements.element(end - at - 8);
  const count = countElements(header.shape);
  if (dtype === undefined) {
    const characters = charactersOf(element, count);
    if (characters.length === count) return charStrings(characters, header.shape);
    throw elements.error(at, `${count} characters`, `${characters.length} of ${element.storage}`);
  }
  const data = numbersOf(element, dtype);
  if (data?.length !== count)
    throw elements.error(at, `${count} numbers`, `${data?.length ?? 0} of ${element.storage}`);
  return {
    class: 'numbers',
    dtype,
    shape: header.shape,
    data: toRowMajor(data, header.shape, columnMajorStrides(header.shape)),
  };
}

async function readCells(
  elements: MatElements,
  { shape }: MatHeader,
  end: number,
  readNext: () => Promise<MatValue>,
): Promise<MatCells> {
  const count = countElements(shape);
  // Each cell has a tag of 8 bytes.
  const most = Math.floor((end - elements.position) / 8);
  if (count > most) throw elements.error(elements.position, `at most ${most} cells`, String(count));
  const cells: MatValue[] = [];
  while (cells.length < count) cells.push(await readNext());
  const order = toRowMajor(Uint32Array.from(cells.keys()), shape, columnMajorStrides(shape));
  return { class: 'cell', shape, cells: Array.from(order, (i) => cells[i]!) };
}

async function readInner(elements: MatElements, end: number, depth: number): Promise<MatValue> {
  const at = elements.position;
  const { storage, size } = await elements.tag(end - at - 8);
  if (storage !== 'matrix') throw elements.error(at, 'a matrix in a cell or field', storage);
  if (size === 0) return { class: 'numbers', dtype: 'float64', shape: [0, 0], data: new Float64Array(0) };
  const cellEnd = elements.position + size;
  const value = await readMatValue(elements, await readMatHeader(elements, size), cellEnd, depth);
  if (elements.position !== cellEnd)
    throw elements.error(elements.position, `the matrix to end at ${cellEnd}`, 'another end');
  return value;
}

/** The stored numbers in the type of their class: MATLAB stores whole numbers in the narrowest type that holds them. */
export function numbersOf(
  { storage, data }: Pick<Required<Tag>, 'storage' | 'data'>,
  dtype: ElementType,
): NumericData | undefined {
  if (!isNumeric(storage)) return undefined;
  const stored = viewElements(storage, data.buffer);
  if (storage === dtype || (dtype === 'bool' && storage === 'uint8')) return stored;
  const target = viewElements(dtype, new ArrayBuffer(0));
  const values = stored as Iterable<number | bigint>;
  const isBig = target instanceof BigInt64Array || target instanceof BigUint64Array;
  if (isBig && storage.startsWith('float')) return undefined;
  if (target instanceof BigInt64Array) return BigInt64Array.from(values as Iterable<bigint>, BigInt);
  if (target instanceof BigUint64Array) return BigUint64Array.from(values as Iterable<bigint>, BigInt);
  return (target.constructor as typeof Float64Array).from(values as Iterable<number>, Number);
}

function isNumeric(storage: Storage): storage is Exclude<Storage, 'matrix' | 'compressed' | `utf-${string}`> {
  return storage !== 'matrix' && storage !== 'compressed' && !storage.startsWith('utf-');
}

/** The characters of an element: code points, or, where those are not as many as they should be, UTF-16 units. */
function charactersOf({ storage, data }: Required<Tag>, count: number): readonly string[] {
  const buffer = Buffer.from(data.buffer);
  if (storage === 'utf-8') {
    const text = buffer.toString('utf8');
    const points = [...text];
    return points.length === count ? points : text.split('');
  }
  if (storage === 'utf-32') return decodeUtf32(buffer);
  if (storage === 'utf-16' || storage === 'uint16') return buffer.toString('utf16le').split('');
  return storage === 'int8' || storage === 'uint8' ? buffer.toString('latin1').split('') : [];
}
