import { createHash, type Hash } from 'node:crypto';
import { type BinaryCodes, bytesPerCode, checkCodeSize } from '../codes/binaryCodes.js';
import { writeFileAtomically } from '../io/writeFileAtomically.js';
import { CodeFile, type CodeSource, pieces, type SaveOptions } from './codeFile.js';

/**
 * The file of a `HammingIndex`, numbers little-endian: the magic letters; bits and whether ids follow, 32 bits each; the
 * number of codes and the next id, 64 bits each; the codes; the ids, 32 bits each; the SHA-256 of all that.
 */
const MAGIC = 'HashIdx1';
const HEADER_BYTES = 32;
const DIGEST_BYTES = 32;

/** The ids of an index: see `IdList`. */
export interface StoredIds {
  readonly next: number;
  readonly explicit: Uint32Array | null;
}

export async function writeIndexFile(
  path: string,
  source: CodeSource,
  ids: StoredIds,
  options: SaveOptions,
): Promise<void> {
  await writeFileAtomically(path, withDigest(createHash('sha256'), content(source, ids, options)));
}

function* content(
  source: CodeSource,
  { next, explicit }: StoredIds,
  options: SaveOptions,
): Generator<Uint8Array> {
  const header = Buffer.alloc(HEADER_BYTES);
  header.write(MAGIC, 'latin1');
  header.writeUInt32LE(source.bits, 8);
  header.writeUInt32LE(explicit === null ? 0 : 1, 12);
  header.writeBigUInt64LE(BigInt(source.count), 16);
  header.writeBigUInt64LE(BigInt(next), 24);
  yield header;
  yield* pieces(source, options);
  if (explicit !== null) yield new Uint8Array(explicit.buffer, explicit.byteOffset, explicit.byteLength);
}

function* withDigest(hash: Hash, chunks: Iterable<Uint8Array>): Generator<Uint8Array> {
  for (const chunk of chunks) {
    hash.update(chunk);
    yield chunk;
  }
  yield hash.digest();
}

/**
 * Reads what `writeIndexFile` wrote.
 *
 * @param receive  gets the codes piece by piece, at least one
 * @throws Error where the file is of another kind, truncated, inconsistent or damaged
 */
export function readIndexFile(
  caller: string,
  path: string,
  receive: (codes: BinaryCodes) => void,
): Promise<StoredIds> {
  const hash = createHash('sha256');
  const read = async (file: CodeFile) => {
    const { bits, count, next, hasIds } = await readHeader(file);
    await file.codes(bits, count, receive);
    const explicit = hasIds ? new Uint32Array(new Uint8Array(await file.bytes(4 * count)).buffer) : null;
    const digest = hash.copy().digest('hex');
    const expected = (await file.bytes(DIGEST_BYTES)).toString('hex');
    if (digest !== expected) {
      throw new Error(`the file is damaged: its SHA-256 is ${digest}, but it was written with ${expected}.`);
    }
    checkIds(explicit, count, next);
    return { next, explicit };
  };
  return CodeFile.use(caller, path, read, (bytes) => hash.update(bytes));
}

async function readHeader(
  file: CodeFile,
): Promise<{ bits: number; count: number; next: number; hasIds: boolean }> {
  const header = await file.bytes(HEADER_BYTES);
  const magic = header.toString('latin1', 0, MAGIC.length);
  if (magic !== MAGIC) {
    throw new Error(
      `expected an index file, which begins with "${MAGIC}", but got ${JSON.stringify(magic)}.`,
    );
  }
  if (header.length < HEADER_BYTES) {
    throw new Error(`expected a header of ${HEADER_BYTES} bytes, but the file has ${header.length}.`);
  }
  const bits = header.readUInt32LE(8);
  const hasIds = header.readUInt32LE(12) === 1;
  const [count, next] = [16, 24].map((at) => Number(header.readBigUInt64LE(at))) as [number, number];
  checkCodeSize('header', count, bits);
  const size = HEADER_BYTES + count * (bytesPerCode(bits) + (hasIds ? 4 : 0)) + DIGEST_BYTES;
  file.checkSize(size, `${count} codes of ${bits} bits${hasIds ? ' with ids' : ''}`);
  return { bits, count, next, hasIds };
}

function checkIds(explicit: Uint32Array | null, count: number, next: number): void {
  const ascends = (explicit ?? []).every((id, i, ids) => id < next && (i === 0 || ids[i - 1]! < id));
  if (next > 2 ** 32 || (explicit === null ? next !== count : !ascends)) {
    throw new Error(`expected ascending ids below ${next} for ${count} codes, but got others.`);
  }
}
