import { bytesPerElement, countElements, type ElementType, type NumericData } from '../numericArray.js';
import type { MatElements, Storage } from './matElement.js';
import { elementTypeOfClass } from './matFile.js';
import { numbersOf, type MatHeader } from './matMatrix.js';
import { decodeUtf32 } from './utf32.js';

/** Bytes of text that are decoded at once. */
const TEXT_PIECE = 2 ** 20;

/** Encodings of characters; 8-bit integers are Latin-1, as those of MATLAB are. */
const ENCODINGS: Readonly<Partial<Record<Storage, 'utf-8' | 'utf-16le' | 'latin1' | 'utf-32'>>> = {
  'utf-8': 'utf-8',
  'utf-16': 'utf-16le',
  uint16: 'utf-16le',
  'utf-32': 'utf-32',
  int8: 'latin1',
  uint8: 'latin1',
};

/**
 * Hands on the numbers of a matrix whose header has been read, slice by slice of its last axis.
 *
 * @param end  where the matrix ends
 */
export async function eachSlice(
  elements: MatElements,
  { class: of, shape }: MatHeader,
  end: number,
  use: (slice: NumericData, index: number) => void,
): Promise<void> {
  const dtype = elementTypeOfClass(of);
  if (dtype === undefined) throw new Error(`${elements.place}: expected numbers, but found ${of}.`);
  const at = elements.position;
  const { storage, size, data } = await elements.tag(end - at - 8);
  const count = countElements(shape);
  const width = widthOf(storage);
  if (width === undefined || size !== count * width)
    throw elements.error(at, `${count} numbers`, `${size} bytes of ${storage}`);
  const length = countElements(shape.slice(0, -1));
  for (let index = 0; index < (count === 0 ? 0 : shape.at(-1)!); index++) {
    const bytes = length * width;
    const piece = data?.slice(index * bytes, (index + 1) * bytes) ?? (await elements.piece(storage, bytes));
    const slice = numbersOf({ storage, data: piece }, dtype);
    if (slice === undefined) throw elements.error(at, `numbers that fit into ${dtype}`, storage);
    use(slice, index);
  }
  if (data === undefined) await skipFiller(elements, size, end);
}

/**
 * Hands on the characters of a matrix whose header has been read, in the order of the file.
 *
 * @param end  where the matrix ends
 */
export async function eachCharacters(
  elements: MatElements,
  { class: of }: MatHeader,
  end: number,
  use: (piece: string) => void,
): Promise<void> {
  if (of !== 'char') throw new Error(`${elements.place}: expected text, but found ${of}.`);
  const at = elements.position;
  const { storage, size, data } = await elements.tag(end - at - 8);
  const decode = decoderFor(storage);
  if (decode === undefined) throw elements.error(at, 'characters', storage);
  for (let done = 0; done < size; done += TEXT_PIECE) {
    const bytes = Math.min(TEXT_PIECE, size - done);
    use(decode(data ?? (await elements.piece(storage, bytes)), done + bytes === size));
  }
  if (data === undefined) await skipFiller(elements, size, end);
}

/** What fills an element up to 8 bytes. */
async function skipFiller(elements: MatElements, size: number, end: number): Promise<void> {
  const filler = -size & 7;
  if (elements.position + filler <= end) await elements.piece('uint8', filler);
}

function widthOf(storage: Storage): number | undefined {
  const isNumeric = storage !== 'matrix' && storage !== 'compressed' && !storage.startsWith('utf-');
  return isNumeric ? bytesPerElement(storage as ElementType) : undefined;
}

function decoderFor(storage: Storage): ((bytes: Uint8Array, last: boolean) => string) | undefined {
  const encoding = ENCODINGS[storage];
  if (encoding === undefined) return undefined;
  if (encoding === 'latin1') return (bytes) => Buffer.from(bytes).toString('latin1');
  if (encoding === 'utf-32') return (bytes) => decodeUtf32(bytes).join('');
  const decoder = new TextDecoder(encoding, { ignoreBOM: true });
  return (bytes, last) => decoder.decode(bytes, { stream: !last });
}
