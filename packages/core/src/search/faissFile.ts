import { type BinaryCodes, bytesPerCode, MAX_BITS } from '../codes/binaryCodes.js';
import { writeFileAtomically } from '../io/writeFileAtomically.js';
import { CodeFile, type CodeSource, pieces, type SaveOptions } from './codeFile.js';

/** What faiss calls an `IndexBinaryFlat`. */
const FOUR_CC = 'IBxF';

/** The four letters; bits and bytes of a code; codes; trained; metric; bytes that follow. */
const HEADER_BYTES = 33;

/** faiss's number for a distance that is best when smallest. */
const METRIC_L2 = 1;

/** Writes codes as a faiss `IndexBinaryFlat`. Its codes have whole bytes: unused bits count as bits that are 0. */
export async function writeFaissFile(path: string, source: CodeSource, options: SaveOptions): Promise<void> {
  const width = bytesPerCode(source.bits);
  const header = Buffer.alloc(HEADER_BYTES);
  header.write(FOUR_CC, 'latin1');
  header.writeInt32LE(8 * width, 4);
  header.writeInt32LE(width, 8);
  header.writeBigInt64LE(BigInt(source.count), 12);
  header.writeUInt8(1, 20);
  header.writeInt32LE(METRIC_L2, 21);
  header.writeBigUInt64LE(BigInt(source.count * width), 25);
  await writeFileAtomically(path, withHeader(header, pieces(source, options)));
}

function* withHeader(header: Uint8Array, codes: Iterable<Uint8Array>): Generator<Uint8Array> {
  yield header;
  yield* codes;
}

/**
 * Reads a faiss `IndexBinaryFlat`.
 *
 * @param receive  gets the codes piece by piece, at least one
 * @throws Error where the file is of another kind, truncated or inconsistent
 */
export function readFaissFile(
  caller: string,
  path: string,
  receive: (codes: BinaryCodes) => void,
): Promise<void> {
  return CodeFile.use(caller, path, async (file) => {
    const header = await file.bytes(HEADER_BYTES);
    const kind = header.toString('latin1', 0, 4);
    if (kind !== FOUR_CC) {
      throw new Error(
        `expected a faiss IndexBinaryFlat, which begins with "${FOUR_CC}", but got ${JSON.stringify(kind)}.`,
      );
    }
    if (header.length < HEADER_BYTES) {
      throw new Error(`expected a header of ${HEADER_BYTES} bytes, but the file has ${header.length}.`);
    }
    const [bits, width] = [header.readInt32LE(4), header.readInt32LE(8)];
    if (bits < 8 || bits > MAX_BITS || bits !== 8 * width) {
      throw new Error(
        `expected codes of 8 to ${MAX_BITS} bits in whole bytes, but bytes 4 to 11 say ${bits} bits in ${width} bytes.`,
      );
    }
    const count = Number(header.readBigInt64LE(12));
    file.checkSize(HEADER_BYTES + count * width, `${count} codes of ${bits} bits`);
    await file.codes(bits, count, receive);
  });
}
