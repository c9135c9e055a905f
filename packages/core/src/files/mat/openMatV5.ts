import { open, type FileHandle } from 'node:fs/promises';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createInflate } from 'node:zlib';
import { ByteStream } from '../byteStream.js';
import { readChunks } from '../readChunks.js';
import { MatElements } from './matElement.js';
import { arrayInfos, numbersOnly, type MatFile, type MatInfo } from './matFile.js';
import { readMatHeader, readMatValue, type MatHeader } from './matMatrix.js';
import { eachCharacters, eachSlice } from './matPieces.js';
import { trimmedText } from './trimmedText.js';

const HEADER_BYTES = 128;

/** No deflate stream unpacks to more than this many times its size. */
const DEFLATE_RATIO = 1032;

/** Where the data of a variable lie in the file. */
interface Place {
  readonly start: number;
  readonly end: number;
  readonly packed: boolean;
}

interface Variable extends Place {
  readonly header: MatHeader;
}

/** An open file. */
interface Source {
  readonly path: string;
  readonly file: FileHandle;
  readonly bigEndian: boolean;
}

/**
 * Opens a file of MATLAB's version 5 to 7.2, or of SciPy. Of each variable only the beginning is read, until it is asked
 * for; compressed ones are unpacked as they are read.
 *
 * @param bigEndian  byte order of the file
 */
export async function openMatV5(path: string, bigEndian: boolean): Promise<MatFile> {
  const file = await open(path, 'r');
  try {
    const source = { path, file, bigEndian };
    const variables = await readVariables(source);
    const find = (name: string): Variable => {
      const variable = variables.get(name);
      if (variable === undefined) throw new Error(`${path}: ${name}: the file has no such variable.`);
      return variable;
    };
    const inVariable = async <Result>(name: string, read: MatrixReader<Result>): Promise<Result> =>
      readMatrix(source, find(name), read);
    const readVariable = (name: string) => inVariable(name, readMatValue);
    const infos = new Map<string, MatInfo>([...variables].map(([name, { header }]) => [name, header]));
    return {
      path,
      version: '5',
      variables: infos,
      arrays: arrayInfos(infos),
      readVariable,
      eachSlice: (name, use) => inVariable(name, (...matrix) => eachSlice(...matrix, use)),
      readTrimmed: async (name) =>
        trimmedText(`${path}: ${name}`, find(name).header.shape, (use) =>
          inVariable(name, (...matrix) => eachCharacters(...matrix, use)),
        ),
      read: async (name) => numbersOnly(`${path}: ${name}`, await readVariable(name)),
      close: () => file.close(),
    };
  } catch (error) {
    await file.close();
    throw error;
  }
}

async function readVariables(source: Source): Promise<ReadonlyMap<string, Variable>> {
  const { size } = await source.file.stat();
  const variables = new Map<string, Variable>();
  for (let at = HEADER_BYTES; at < size;) {
    const variable = await scan(source, at, size);
    // MATLAB's own data for objects have no name.
    if (variable.header.name !== '') variables.set(variable.header.name, variable);
    at = variable.end;
  }
  return variables;
}

/** Reads the beginning of the variable at a byte of the file. */
async function scan(source: Source, at: number, size: number): Promise<Variable> {
  const { path, file, bigEndian } = source;
  const elements = new MatElements(new ByteStream(readChunks(file, at, size), path), path, bigEndian, at);
  const tag = await elements.tag(size - at - 8);
  if (tag.storage !== 'matrix' && tag.storage !== 'compressed')
    throw elements.error(at, 'a matrix', tag.storage);
  const start = at + 8;
  const where = { start, end: start + tag.size, packed: tag.storage === 'compressed' };
  return {
    ...where,
    header: await withMatrix(source, `${path}: variable at byte ${at}`, where, readMatHeader),
  };
}

type MatrixReader<Result> = (elements: MatElements, header: MatHeader, end: number) => Promise<Result>;

function readMatrix<Result>(source: Source, variable: Variable, read: MatrixReader<Result>): Promise<Result> {
  return withMatrix(source, `${source.path}: ${variable.header.name}`, variable, async (elements, room) => {
    const end = elements.position + room;
    const result = await read(elements, await readMatHeader(elements, room), end);
    await elements.end();
    return result;
  });
}

/** Reads from the matrix at a place. Bytes in errors count from the start of the file, or of what was unpacked. */
async function withMatrix<Result>(
  { file, bigEndian }: Source,
  place: string,
  { start, end, packed }: Place,
  read: (elements: MatElements, room: number) => Promise<Result>,
): Promise<Result> {
  const chunks = readChunks(file, start, end);
  const stream = new ByteStream(packed ? unpack(chunks, place) : chunks, place);
  try {
    if (!packed) return await read(new MatElements(stream, place, bigEndian, start), end - start);
    const elements = new MatElements(stream, `${place}, unpacked`, bigEndian);
    const tag = await elements.tag((end - start) * DEFLATE_RATIO);
    if (tag.storage !== 'matrix') throw elements.error(0, 'a matrix', tag.storage);
    return await read(elements, tag.size);
  } finally {
    await stream.close();
  }
}

async function* unpack(chunks: AsyncIterable<Uint8Array>, place: string): AsyncGenerator<Uint8Array> {
  const inflate = createInflate();
  // Whoever iterates over `inflate` meets its errors; the promise would only repeat them.
  pipeline(Readable.from(chunks), inflate).catch(() => undefined);
  try {
    for await (const chunk of inflate) yield chunk as Uint8Array;
  } catch (error) {
    throw new Error(`${place}: damaged: ${(error as Error).message}.`, { cause: error });
  }
}
