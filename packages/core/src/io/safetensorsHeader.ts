import { findDuplicateKey } from './findDuplicateKey.js';

/** Bytes of an element, for each dtype that is read. */
export const ELEMENT_BYTES = {
  F32: 4,
  I32: 4,
  U8: 1,
  BOOL: 1,
  F16: 2,
  BF16: 2,
  I8: 1,
  I16: 2,
  I64: 8,
} as const;

export type SafetensorsDtype = keyof typeof ELEMENT_BYTES;

export interface SafetensorsEntry {
  readonly name: string;
  readonly dtype: SafetensorsDtype;
  readonly shape: readonly number[];
  /** First byte and the one after the last, counted from the end of the header. */
  readonly begin: number;
  readonly end: number;
}

export interface SafetensorsHeader {
  /** In the order of their bytes. */
  readonly entries: readonly SafetensorsEntry[];
  readonly metadata: Readonly<Record<string, string>>;
}

/**
 * Reads the JSON header of a safetensors file. The tensors must fill the bytes after the header without gap, overlap or
 * remainder, so that a damaged file is noticed before any of it is used.
 *
 * @param text       the header
 * @param dataBytes  length of what follows it
 * @throws Error that says what was expected and found, of which tensor
 */
export function parseSafetensorsHeader(text: string, dataBytes: number): SafetensorsHeader {
  const { __metadata__: metadata = {}, ...tensors } = parseObject(text);
  const entries = Object.entries(tensors).map(([name, value]) => parseEntry(name, value));
  entries.sort((a, b) => a.begin - b.begin || a.end - b.end);
  requireFilled(entries, dataBytes);
  return { entries, metadata: requireTexts(metadata) };
}

function parseObject(text: string): Readonly<Record<string, unknown>> {
  let header: unknown;
  try {
    header = JSON.parse(text);
  } catch (error) {
    throw new Error(`expected the header to be JSON, but got: ${(error as Error).message}`, { cause: error });
  }
  if (!isObject(header)) throw new Error('expected the header to be a JSON object.');
  const duplicate = findDuplicateKey(text);
  if (duplicate !== undefined)
    throw new Error(`expected each name once in the header, but got '${duplicate}' twice.`);
  return header;
}

function parseEntry(name: string, value: unknown): SafetensorsEntry {
  if (!isObject(value)) throw new Error(`tensor '${name}': expected a JSON object, but got ${show(value)}.`);
  const { dtype, shape, data_offsets: offsets, ...rest } = value;
  const [extra] = Object.keys(rest);
  if (extra !== undefined) {
    throw new Error(
      `tensor '${name}': expected the keys dtype, shape and data_offsets, but got also '${extra}'.`,
    );
  }
  if (!isDtype(dtype)) {
    const known = Object.keys(ELEMENT_BYTES).join(', ');
    throw new Error(`tensor '${name}': expected dtype to be one of ${known}, but got ${show(dtype)}.`);
  }
  if (!isSizes(shape)) {
    throw new Error(`tensor '${name}': expected shape to be a list of sizes, but got ${show(shape)}.`);
  }
  if (!isSizes(offsets) || offsets.length !== 2) {
    throw new Error(`tensor '${name}': expected data_offsets to be two positions, but got ${show(offsets)}.`);
  }
  const [begin, end] = offsets as [number, number];
  const bytes = shape.reduce((product, size) => product * size, ELEMENT_BYTES[dtype]);
  if (end - begin !== bytes) {
    throw new Error(
      `tensor '${name}': expected ${bytes} bytes for ${dtype} of shape [${shape.join(', ')}], ` +
        `but got data_offsets [${begin}, ${end}].`,
    );
  }
  return { name, dtype, shape, begin, end };
}

function requireFilled(entries: readonly SafetensorsEntry[], dataBytes: number): void {
  let filled = 0;
  for (const { name, begin, end } of entries) {
    if (begin !== filled) {
      throw new Error(
        `tensor '${name}': expected its data to begin at byte ${filled} after the header, but got ${begin}.`,
      );
    }
    filled = end;
  }
  if (filled !== dataBytes) {
    throw new Error(`expected ${filled} bytes of data after the header, but got ${dataBytes}.`);
  }
}

function requireTexts(metadata: unknown): Readonly<Record<string, string>> {
  if (isObject(metadata) && Object.values(metadata).every((value) => typeof value === 'string')) {
    return metadata as Record<string, string>;
  }
  throw new Error(`__metadata__: expected an object of texts, but got ${show(metadata)}.`);
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function isDtype(value: unknown): value is SafetensorsDtype {
  return typeof value === 'string' && Object.hasOwn(ELEMENT_BYTES, value);
}

function isSizes(value: unknown): value is number[] {
  return Array.isArray(value) && value.every((size) => Number.isSafeInteger(size) && size >= 0);
}

/** At most 60 characters of it: a hostile header may be long. */
function show(value: unknown): string {
  const text = JSON.stringify(value) ?? 'nothing';
  return text.length > 60 ? `${text.slice(0, 57)}...` : text;
}
