/** A matrix of bytes, as NumPy's `uint8` array of shape [rows, columns]. */
export interface ByteMatrix {
  readonly rows: number;
  readonly columns: number;
  /** [rows, columns], row by row */
  readonly data: Uint8Array;
}

const MAGIC = '\x93NUMPY';

/**
 * The bytes of a `.npy` file, version 1.0, for `numpy.load`; in two parts, so that the data is not copied.
 *
 * @see https://numpy.org/doc/stable/reference/generated/numpy.lib.format.html
 */
export function encodeNpy({ rows, columns, data }: ByteMatrix): [header: Uint8Array, data: Uint8Array] {
  const dictionary = `{'descr': '|u1', 'fortran_order': False, 'shape': (${rows}, ${columns}), }`;
  // Magic, version, length and dictionary together are a multiple of 64 bytes; the dictionary ends in a line feed.
  const length = Math.ceil((10 + dictionary.length + 1) / 64) * 64 - 10;
  const header = Buffer.alloc(10 + length, ' ', 'latin1');
  header.write(`${MAGIC}\x01\x00`, 'latin1');
  header.writeUInt16LE(length, 8);
  header.write(`${dictionary.padEnd(length - 1)}\n`, 10, 'latin1');
  return [header, data];
}

/**
 * Reads what `encodeNpy` writes, or NumPy saved from a matrix of `uint8` in C order.
 *
 * @param name  of the file, for messages
 * @throws Error  that names the file, what was expected and what was found
 */
export function decodeNpy(bytes: Uint8Array, name: string): ByteMatrix {
  const file = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const expect = (fits: boolean, expected: string, found: string | number | undefined) => {
    if (!fits) throw new Error(`${name}: expected ${expected}, but got ${found}.`);
  };
  const start = file.toString('hex', 0, 6) || '(nothing)';
  expect(file.toString('latin1', 0, 6) === MAGIC, 'a .npy file', `one that begins with ${start}`);
  expect(file[6] === 1, 'version 1 of the .npy format', file[6]);
  const length = file.length < 10 ? 0 : file.readUInt16LE(8);
  expect(file.length >= 10 + length, `a header of ${length} bytes`, file.length - 10);
  const dictionary = file.toString('latin1', 10, 10 + length).trim();
  const shape = /^\{'descr': '\|u1', 'fortran_order': False, 'shape': \((\d+), (\d+)\), *\}$/.exec(
    dictionary,
  );
  expect(shape !== null, 'a matrix of uint8 in C order', dictionary);
  const [rows, columns] = [Number(shape?.[1]), Number(shape?.[2])];
  const data = bytes.subarray(10 + length);
  expect(
    data.length === rows * columns,
    `${rows * columns} bytes of data for shape [${rows}, ${columns}]`,
    data.length,
  );
  return { rows, columns, data };
}
