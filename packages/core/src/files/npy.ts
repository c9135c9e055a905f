import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import { ByteStream } from './byteStream.js';
import { readNpyHeader, type NpyHeader } from './npyHeader.js';
import { bytesPerElement, countElements, viewElements, type NumericArray } from './numericArray.js';
import { columnMajorStrides, toRowMajor } from './rowMajor.js';

/**
 * Reads an array that `numpy.save` wrote.
 *
 * @param path  an `.npy` file of version 1, 2 or 3 with a plain little-endian number type
 * @throws Error  that names the file, the byte, what was expected and what was found
 */
export async function readNpy(path: string): Promise<NumericArray> {
  const { size } = await stat(path);
  const stream = new ByteStream(createReadStream(path) as AsyncIterable<Uint8Array>, path);
  try {
    return await readNpyArray(stream, size, path);
  } finally {
    await stream.close();
  }
}

/**
 * Reads header and values. Nothing is allocated for the values before the header's shape has proved to fit the data.
 *
 * @param size   bytes of the whole, header included
 * @param place  names the data in errors
 */
export async function readNpyArray(stream: ByteStream, size: number, place: string): Promise<NumericArray> {
  const header = await checkedNpyHeader(stream, size, place);
  const bytes = await stream.read(size - stream.position);
  await stream.end();
  const { dtype, shape, fortranOrder } = header;
  const data = viewElements(dtype, bytes.buffer);
  return { dtype, shape, data: fortranOrder ? toRowMajor(data, shape, columnMajorStrides(shape)) : data };
}

/** The header, once it is known that as many bytes follow it as it says. */
export async function checkedNpyHeader(stream: ByteStream, size: number, place: string): Promise<NpyHeader> {
  const header = await readNpyHeader(stream, place);
  const expected = countElements(header.shape) * bytesPerElement(header.dtype);
  const found = size - stream.position;
  if (expected !== found) {
    throw new Error(
      `${place}: byte ${stream.position}: expected ${expected} bytes of values ` +
        `(${header.dtype} [${header.shape.join(', ')}]), but found ${found}.`,
    );
  }
  return header;
}
