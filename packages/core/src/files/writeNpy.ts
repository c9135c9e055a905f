import { writeFileAtomically } from '../io/writeFileAtomically.js';
import { NPY_DTYPES } from './npyHeader.js';
import { countElements, type ArrayInfo, type NumericArray } from './numericArray.js';

const DESCRIPTIONS = new Map(Object.entries(NPY_DTYPES).map(([descr, dtype]) => [dtype, descr]));

/**
 * Writes an array as a file for `numpy.load`, whole or not at all.
 *
 * @throws Error  where the values do not fit the shape, NumPy has no such type, or the file cannot be written
 */
export async function writeNpy(path: string, { dtype, shape, data }: NumericArray): Promise<void> {
  const header = encodeNpyHeader({ dtype, shape });
  if (data.length !== countElements(shape)) {
    throw new RangeError(
      `writeNpy: expected ${countElements(shape)} values for shape [${shape.join(', ')}], but got ${data.length}.`,
    );
  }
  const { buffer, byteOffset, byteLength } = data;
  await writeFileAtomically(path, [header, new Uint8Array(buffer, byteOffset, byteLength)]);
}

/**
 * What stands before the values in a file of version 1.0.
 *
 * @throws Error  where NumPy has no such type
 */
export function encodeNpyHeader({ dtype, shape }: ArrayInfo): Buffer {
  const descr = DESCRIPTIONS.get(dtype);
  if (descr === undefined) throw new Error(`writeNpy: NumPy has no type ${dtype}.`);
  const tuple = shape.length === 1 ? `${shape[0]},` : shape.join(', ');
  const dictionary = `{'descr': '${descr}', 'fortran_order': False, 'shape': (${tuple}), }`;
  // Magic, version, length and dictionary together are a multiple of 64 bytes; the dictionary ends in a line feed.
  const length = Math.ceil((10 + dictionary.length + 1) / 64) * 64 - 10;
  const header = Buffer.alloc(10 + length, ' ', 'latin1');
  header.write('\x93NUMPY\x01\x00', 'latin1');
  header.writeUInt16LE(length, 8);
  header.write(`${dictionary.padEnd(length - 1)}\n`, 10, 'latin1');
  return header;
}
