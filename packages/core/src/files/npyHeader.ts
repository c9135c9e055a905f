import type { ByteStream } from './byteStream.js';
import type { ArrayInfo, ElementType } from './numericArray.js';

export interface NpyHeader extends ArrayInfo {
  readonly fortranOrder: boolean;
}

const MAGIC = [0x93, 0x4e, 0x55, 0x4d, 0x50, 0x59]; // \x93NUMPY

/** NumPy itself refuses longer ones unless told otherwise. */
const LONGEST_HEADER = 10_000;

/** NumPy 2's limit. */
const MOST_DIMENSIONS = 64;

/** NumPy's type strings. `<` is little-endian, `|` is for single bytes. */
export const NPY_DTYPES: Readonly<Record<string, ElementType>> = {
  '|b1': 'bool',
  '|u1': 'uint8',
  '|i1': 'int8',
  '<u2': 'uint16',
  '<i2': 'int16',
  '<u4': 'uint32',
  '<i4': 'int32',
  '<u8': 'uint64',
  '<i8': 'int64',
  '<f2': 'float16',
  '<f4': 'float32',
  '<f8': 'float64',
};

/** `'key': value,` of the header's dict, where the value is a string, a truth value or a tuple of integers. */
const FIELD = /\s*'(\w+)'\s*:\s*(?:'([^']*)'|(True|False)|\(([\dL,\s]*)\))\s*(,|(?=\}))/y;

/**
 * Reads what stands before the values in an npy file of version 1, 2 or 3.
 *
 * @param place  names the data in errors
 * @throws Error  of an unknown version, type or key, with the byte, what was expected and what was found
 * @see https://numpy.org/doc/stable/reference/generated/numpy.lib.format.html
 */
export async function readNpyHeader(stream: ByteStream, place: string): Promise<NpyHeader> {
  const start = await stream.read(8);
  if (MAGIC.some((byte, i) => start[i] !== byte)) {
    const found = Buffer.from(start.subarray(0, 6)).toString('hex');
    throw new Error(
      `${place}: byte 0: expected an npy file, starting with 934e554d5059, but found ${found}.`,
    );
  }
  const major = start[6]!;
  if (major < 1 || major > 3 || start[7] !== 0) {
    throw new Error(
      `${place}: byte 6: expected npy version 1.0, 2.0 or 3.0, but found ${major}.${start[7]}.`,
    );
  }
  const lengthField = await stream.read(major === 1 ? 2 : 4);
  const length = Buffer.from(lengthField).readUIntLE(0, lengthField.length);
  if (length > LONGEST_HEADER) {
    throw new Error(
      `${place}: byte 8: expected a header of at most ${LONGEST_HEADER} bytes, but found ${length}.`,
    );
  }
  const offset = stream.position;
  const text = Buffer.from(await stream.read(length)).toString(major === 3 ? 'utf8' : 'latin1');
  return parseHeader(text, `${place}: byte ${offset}`);
}

function parseHeader(text: string, place: string): NpyHeader {
  const fields = parseFields(text);
  const descr = fields?.get('descr');
  const order = fields?.get('fortran_order');
  const shape = fields?.get('shape');
  if (fields?.size !== 3 || descr === undefined || order === undefined || shape === undefined) {
    throw new Error(
      `${place}: expected {'descr': '<type>', 'fortran_order': <bool>, 'shape': (<ints>)}, but found ${excerpt(text)}.`,
    );
  }
  const dtype = Object.hasOwn(NPY_DTYPES, descr) ? NPY_DTYPES[descr] : undefined;
  if (dtype === undefined) {
    const known = Object.keys(NPY_DTYPES).join(', ');
    throw new Error(`${place}: expected a type of ${known}, but found ${excerpt(descr)}.`);
  }
  return { dtype, fortranOrder: order === 'True', shape: parseShape(shape, place) };
}

/** The dict's values as they are written; undefined where it is no such dict or has a key twice. */
function parseFields(text: string): ReadonlyMap<string, string> | undefined {
  const body = text.trim();
  if (!body.startsWith('{') || !body.endsWith('}')) return undefined;
  const fields = new Map<string, string>();
  FIELD.lastIndex = 1;
  let end = 1;
  for (let match = FIELD.exec(body); match !== null; match = FIELD.exec(body)) {
    const key = match[1]!;
    if (fields.has(key)) return undefined;
    fields.set(key, match[2] ?? match[3] ?? match[4] ?? '');
    end = FIELD.lastIndex;
  }
  return body.slice(end).trim() === '}' ? fields : undefined;
}

function parseShape(text: string, place: string): readonly number[] {
  const sizes = text.split(',').map((size) => size.trim());
  if (sizes.at(-1) === '') sizes.pop();
  const shape = sizes.map((size) => (/^\d+L?$/.test(size) ? parseInt(size, 10) : NaN));
  if (shape.length > MOST_DIMENSIONS || !shape.every(Number.isSafeInteger)) {
    throw new Error(
      `${place}: expected a shape of at most ${MOST_DIMENSIONS} integers below 2^53, but found (${excerpt(text)}).`,
    );
  }
  return shape;
}

/** The first characters of what a file holds, printable. */
function excerpt(text: string): string {
  const shown = JSON.stringify(text.slice(0, 80));
  return text.length > 80 ? `${shown}...` : shown;
}
