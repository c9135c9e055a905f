import { openHdf5, type Hdf5File } from '../hdf5/openHdf5.js';
import { bytesPerElement, countElements, viewElements, type NumericData } from '../numericArray.js';
import { columnMajorStrides, toRowMajor } from '../rowMajor.js';
import { charStrings } from './charStrings.js';
import {
  arrayInfos,
  DEEPEST_CELL,
  elementTypeOfClass,
  numbersOnly,
  type MatCells,
  type MatFile,
  type MatInfo,
  type MatNumbers,
  type MatValue,
} from './matFile.js';
import { trimmedText } from './trimmedText.js';

/** Groups that MATLAB keeps for itself. */
const RESERVED = ['#refs#', '#subsystem#'];

/** Bytes of rows that are read at once. */
const BYTES_AT_ONCE = 2 ** 26;

/** Opens a file of MATLAB's version 7.3, which is HDF5 with the axes in reverse order, or one that h5py wrote alike. */
export async function openMatV73(path: string): Promise<MatFile> {
  const file = await openHdf5(path);
  const names = file.members().filter((name) => !RESERVED.includes(name) && file.kind(name) !== undefined);
  const variables = new Map(names.map((name) => [name, infoOf(file, name)]));
  const readVariable = (name: string): Promise<MatValue> =>
    Promise.resolve().then(() => {
      if (variables.has(name)) return readValue(file, name, []);
      throw new Error(`${path}: ${name}: the file has no such variable.`);
    });
  const withInfo = async <Result>(name: string, use: (info: MatInfo) => Result): Promise<Awaited<Result>> => {
    const info = variables.get(name);
    if (info === undefined) throw new Error(`${path}: ${name}: the file has no such variable.`);
    return await use(info);
  };
  return {
    path,
    version: '7.3',
    variables,
    arrays: arrayInfos(variables),
    readVariable,
    eachSlice: (name, use) => withInfo(name, (info) => eachSlice(file, name, info, use)),
    readTrimmed: (name) =>
      withInfo(name, (info) =>
        trimmedText(`${path}: ${name}`, info.shape, (use) =>
          Promise.resolve(eachCharacters(file, name, info, use)),
        ),
      ),
    read: async (name) => numbersOnly(`${path}: ${name}`, await readVariable(name)),
    close: () => file.close(),
  };
}

function infoOf(file: Hdf5File, name: string): MatInfo {
  const stated = file.attribute(name, 'MATLAB_class');
  const named = typeof stated === 'string' ? stated : undefined;
  if (file.kind(name) === 'group') {
    const isSparse = file.attributeNames(name).includes('MATLAB_sparse');
    return { class: isSparse ? 'sparse' : (named ?? 'struct'), shape: [] };
  }
  const { dtype, shape } = file.info(name);
  if (dtype === 'other')
    return { class: named === undefined ? 'other' : `complex ${named}`, shape: shape.toReversed() };
  const dtypes: Readonly<Record<string, string>> = {
    float64: 'double',
    float32: 'single',
    bool: 'logical',
    reference: 'cell',
  };
  return {
    class: named ?? dtypes[dtype] ?? dtype,
    shape: isEmpty(file, name) ? sizesOf(file, name) : shape.toReversed(),
  };
}

/** In the place of an array without elements MATLAB writes its sizes, one of which is 0. */
function isEmpty(file: Hdf5File, name: string): boolean {
  return Boolean(file.attribute(name, 'MATLAB_empty'));
}

function sizesOf(file: Hdf5File, name: string): readonly number[] {
  const sizes = Array.from(file.readRows(name, 0, Infinity).data, Number);
  if (countElements(sizes) === 0) return sizes;
  throw new Error(
    `${file.path}: ${name}: expected the sizes of an empty array, but found [${sizes.join(', ')}].`,
  );
}

/**
 * @param around  the names of the cells that the value lies in
 * @param known   values that cells refer to: a value that many refer to is read once
 */
function readValue(
  file: Hdf5File,
  name: string,
  around: readonly string[],
  known = new Map<string, MatValue>(),
): MatValue {
  const info = infoOf(file, name);
  if (info.class === 'cell') return readCells(file, name, info, around, known);
  if (info.class === 'char') return readText(file, name, info);
  if (arrayInfos(new Map([[name, info]])).size > 0) return readNumbers(file, name, info);
  throw new Error(`${file.path}: ${name}: expected numbers, text or cells, but found ${info.class}.`);
}

function readNumbers(file: Hdf5File, name: string, { class: of, shape }: MatInfo): MatNumbers {
  const dtype = elementTypeOfClass(of)!;
  const data = isEmpty(file, name)
    ? viewElements(dtype, new ArrayBuffer(0))
    : file.readRows(name, 0, Infinity).data;
  return { class: 'numbers', dtype, shape, data: toRowMajor(data, shape, columnMajorStrides(shape)) };
}

/** HDF5's first axis is MATLAB's last. */
function eachSlice(
  file: Hdf5File,
  name: string,
  { class: of, shape }: MatInfo,
  use: (slice: NumericData, index: number) => void,
): void {
  const dtype = elementTypeOfClass(of);
  if (dtype === undefined) throw new Error(`${file.path}: ${name}: expected numbers, but found ${of}.`);
  if (isEmpty(file, name)) return;
  eachRow(file, name, shape, bytesPerElement(dtype), use);
}

function eachCharacters(
  file: Hdf5File,
  name: string,
  { class: of, shape }: MatInfo,
  use: (piece: string) => void,
): void {
  if (of !== 'char') throw new Error(`${file.path}: ${name}: expected text, but found ${of}.`);
  if (isEmpty(file, name)) return;
  eachRow(file, name, shape, 2, (units) => {
    use(Buffer.from(units.buffer, units.byteOffset, units.byteLength).toString('utf16le'));
  });
}

/** Rows of the file's array, of which some are read at once. */
function eachRow(
  file: Hdf5File,
  name: string,
  shape: readonly number[],
  elementBytes: number,
  use: (row: NumericData, index: number) => void,
): void {
  const length = countElements(shape.slice(0, -1));
  const rows = shape.at(-1) ?? 0;
  const atOnce = Math.max(1, Math.floor(BYTES_AT_ONCE / Math.max(1, length * elementBytes)));
  for (let from = 0; from < rows; from += atOnce) {
    const { data, shape: read } = file.readRows(name, from, from + atOnce);
    for (let i = 0; i < read[0]!; i++) use(data.subarray(i * length, (i + 1) * length), from + i);
  }
}

function readText(file: Hdf5File, name: string, { shape }: MatInfo): MatValue {
  const { data } = file.readRows(name, 0, isEmpty(file, name) ? 0 : Infinity);
  return charStrings(
    Array.from(data as Uint16Array, (unit) => String.fromCharCode(unit)),
    shape,
  );
}

function readCells(
  file: Hdf5File,
  name: string,
  { shape }: MatInfo,
  around: readonly string[],
  known: Map<string, MatValue>,
): MatCells {
  if (around.includes(name))
    throw new Error(`${file.path}: ${name}: expected cells that do not lie in themselves.`);
  if (around.length === DEEPEST_CELL)
    throw new Error(`${file.path}: ${name}: expected cells at most ${DEEPEST_CELL} deep.`);
  const targets = isEmpty(file, name) ? [] : file.readReferences(name);
  for (const target of targets) {
    if (!known.has(target)) known.set(target, readValue(file, target, [...around, name], known));
  }
  const order = toRowMajor(Uint32Array.from(targets.keys()), shape, columnMajorStrides(shape));
  return { class: 'cell', shape, cells: Array.from(order, (i) => known.get(targets[i]!)!) };
}
