import { open } from 'node:fs/promises';
import type { MatFile } from './matFile.js';
import { openMatV5 } from './openMatV5.js';
import { openMatV73 } from './openMatV73.js';

const HDF5_SIGNATURE = '\x89HDF\r\n\x1a\n';

/**
 * Opens a file of MATLAB's variables: of version 5 to 7.2, as SciPy writes them too, or 7.3, which is HDF5.
 *
 * @throws Error  that names the file, the byte, what was expected and what was found
 */
export async function openMat(path: string): Promise<MatFile> {
  const header = await readHeader(path);
  const signature = header.toString('latin1', 0, HDF5_SIGNATURE.length);
  const order = header.toString('latin1', 126, 128);
  const version = order === 'MI' ? header.readUInt16BE(124) : header.readUInt16LE(124);
  if (signature === HDF5_SIGNATURE || version === 0x0200) return openMatV73(path);
  if (header.subarray(0, 4).includes(0))
    throw new Error(
      `${path}: byte 0: expected a MAT file of version 5 to 7.3, but found one of version 4 or none.`,
    );
  if ((order !== 'IM' && order !== 'MI') || version !== 0x0100) {
    const found = header.toString('hex', 124, 128);
    throw new Error(
      `${path}: byte 124: expected the version and byte order of a MAT file, 0001494d, but found ${found}.`,
    );
  }
  return openMatV5(path, order === 'MI');
}

async function readHeader(path: string): Promise<Buffer> {
  const file = await open(path, 'r');
  try {
    const { buffer, bytesRead } = await file.read(Buffer.alloc(128), 0, 128, 0);
    if (bytesRead === 128) return buffer;
    throw new Error(`${path}: expected a MAT file, with a header of 128 bytes, but found ${bytesRead}.`);
  } finally {
    await file.close();
  }
}
