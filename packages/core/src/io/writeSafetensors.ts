import { createHash, type Hash } from 'node:crypto';
import type { StoredTensor } from './storedTensor.js';
import { writeFileAtomically } from './writeFileAtomically.js';

/** In the order in which the format lays tensors out, so that each begins at a multiple of its element's size. */
const DTYPES = { float32: 'F32', int32: 'I32', uint8: 'U8', bool: 'BOOL' } as const;

const LAYOUT = Object.keys(DTYPES);

const PIECE_BYTES = 1 << 24;

/**
 * Writes a file in the safetensors format, whole or not at all. Equal tensors make equal files, to the byte, whatever
 * the order of the map.
 *
 * @param metadata  texts for the header
 * @returns the file's SHA-256 in hexadecimal
 * @throws Error where a tensor's data does not fit its shape, or the file cannot be written
 * @see https://github.com/huggingface/safetensors
 */
export async function writeSafetensors(
  path: string,
  tensors: ReadonlyMap<string, StoredTensor>,
  metadata: Readonly<Record<string, string>> = {},
): Promise<string> {
  const sorted = [...tensors].sort(
    ([nameA, a], [nameB, b]) => LAYOUT.indexOf(a.dtype) - LAYOUT.indexOf(b.dtype) || (nameA < nameB ? -1 : 1),
  );
  const hash = createHash('sha256');
  await writeFileAtomically(path, hashed(hash, [makeHeader(sorted, metadata), ...sorted.map(bytesOf)]));
  return hash.digest('hex');
}

function makeHeader(
  tensors: readonly (readonly [string, StoredTensor])[],
  metadata: Readonly<Record<string, string>>,
): Uint8Array {
  const items = Object.keys(metadata).length > 0 ? [`"__metadata__":${JSON.stringify(metadata)}`] : [];
  let begin = 0;
  for (const [name, tensor] of tensors) {
    requireFit(name, tensor);
    const end = begin + tensor.data.byteLength;
    const entry = { dtype: DTYPES[tensor.dtype], shape: tensor.shape, data_offsets: [begin, end] };
    items.push(`${JSON.stringify(name)}:${JSON.stringify(entry)}`);
    begin = end;
  }
  const json = Buffer.from(`{${items.join(',')}}`);
  const length = Math.ceil(json.length / 8) * 8;
  const header = Buffer.alloc(8 + length, ' ');
  header.writeBigUInt64LE(BigInt(length));
  json.copy(header, 8);
  return header;
}

function requireFit(name: string, { shape, data }: StoredTensor): void {
  if (name === '__metadata__') {
    throw new Error(
      "writeSafetensors: expected tensors by other names than '__metadata__', which the format keeps.",
    );
  }
  const size = shape.reduce((product, length) => product * length, 1);
  if (data.length !== size) {
    throw new Error(
      `writeSafetensors: expected ${size} values for tensor '${name}' of shape [${shape.join(', ')}], ` +
        `but got ${data.length}.`,
    );
  }
}

function bytesOf([, { data }]: readonly [string, StoredTensor]): Uint8Array {
  return new Uint8Array(data.buffer, data.byteOffset, data.byteLength);
}

/** In pieces, so that the event loop gets its turn between them. */
function* hashed(hash: Hash, chunks: readonly Uint8Array[]): Generator<Uint8Array> {
  for (const chunk of chunks) {
    for (let at = 0; at < chunk.length; at += PIECE_BYTES) {
      const piece = chunk.subarray(at, at + PIECE_BYTES);
      hash.update(piece);
      yield piece;
    }
  }
}
