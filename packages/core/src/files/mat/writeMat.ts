import { writeFileAtomically } from '../../io/writeFileAtomically.js';
import { countElements, type ElementType, type NumericArray } from '../numericArray.js';
import { rowMajorStrides, toRowMajor } from '../rowMajor.js';

const MATRIX = 14;
const INT8 = 1;
const INT32 = 5;
const UINT32 = 6;
const LOGICAL = 0x02;

/** MATLAB's numbers for a class and for how its values are stored. */
const NUMBERS: Readonly<Partial<Record<ElementType, { readonly class: number; readonly storage: number }>>> =
  {
    bool: { class: 9, storage: 2 },
    float64: { class: 6, storage: 9 },
    float32: { class: 7, storage: 7 },
    int8: { class: 8, storage: 1 },
    uint8: { class: 9, storage: 2 },
    int16: { class: 10, storage: 3 },
    uint16: { class: 11, storage: 4 },
    int32: { class: 12, storage: 5 },
    uint32: { class: 13, storage: 6 },
    int64: { class: 14, storage: 12 },
    uint64: { class: 15, storage: 13 },
  };

/** Of a variable in version 5, in bytes. */
const LARGEST = 2 ** 31 - 1;

/**
 * Writes matrices of numbers as a MAT file of version 5, uncompressed, whole or not at all: for MATLAB's `load` and
 * SciPy's `loadmat`.
 *
 * @param arrays  of two axes or more, by the names of their variables
 */
export async function writeMat(path: string, arrays: ReadonlyMap<string, NumericArray>): Promise<void> {
  for (const [name, array] of arrays) check(name, array);
  await writeFileAtomically(path, content(arrays));
}

function check(name: string, { dtype, shape, data }: NumericArray): void {
  const fail = (expected: string, found: string | number) => {
    throw new RangeError(`writeMat: ${name}: expected ${expected}, but got ${found}.`);
  };
  if (!/^[A-Za-z]\w{0,62}$/.test(name))
    fail('a name of a letter and up to 62 letters, digits or _', `"${name}"`);
  if (NUMBERS[dtype] === undefined) fail('numbers of a type that MATLAB has', dtype);
  if (shape.length < 2) fail('two axes or more', `shape [${shape.join(', ')}]`);
  if (data.length !== countElements(shape))
    fail(`${countElements(shape)} values for shape [${shape.join(', ')}]`, data.length);
  if (data.byteLength > LARGEST - 1024)
    fail(`less than ${LARGEST} bytes, the most that version 5 holds`, data.byteLength);
}

function* content(arrays: ReadonlyMap<string, NumericArray>): Generator<Uint8Array> {
  const header = Buffer.alloc(128, ' ', 'latin1');
  header.write('MATLAB 5.0 MAT-file, written by @hash/core', 'latin1');
  header.fill(0, 116, 124);
  header.writeUInt16LE(0x0100, 124);
  header.write('IM', 126, 'latin1');
  yield header;
  for (const [name, array] of arrays) yield* matrix(name, array);
}

function* matrix(name: string, { dtype, shape, data }: NumericArray): Generator<Uint8Array> {
  const { class: number, storage } = NUMBERS[dtype]!;
  const values = toRowMajor(data, shape.toReversed(), rowMajorStrides(shape).toReversed());
  const parts = [
    ...element(UINT32, Uint32Array.of(number | (dtype === 'bool' ? LOGICAL << 8 : 0), 0)),
    ...element(INT32, Int32Array.from(shape)),
    ...element(INT8, Buffer.from(name, 'latin1')),
    ...element(storage, values),
  ];
  yield tag(
    MATRIX,
    parts.reduce((size, { length }) => size + length, 0),
  );
  yield* parts;
}

/** A tag, the data, and what fills them up to 8 bytes. */
function element(storage: number, data: NumericArray['data']): Uint8Array[] {
  const bytes = new Uint8Array(data.buffer, data.byteOffset, data.byteLength);
  return [tag(storage, bytes.length), bytes, new Uint8Array(-bytes.length & 7)];
}

function tag(storage: number, size: number): Uint8Array {
  return new Uint8Array(Uint32Array.of(storage, size).buffer);
}
