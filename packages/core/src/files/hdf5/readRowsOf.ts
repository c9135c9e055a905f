import type { Dataset } from 'h5wasm/node';
import {
  bytesPerElement,
  countElements,
  viewElements,
  type ArrayInfo,
  type NumericArray,
} from '../numericArray.js';
import type { Hdf5Library } from './hdf5Library.js';

/** Bytes that one call reads; it holds them in WebAssembly's memory, which never shrinks. */
const BYTES_AT_ONCE = 2 ** 26;

/** Nothing that HDF5 compresses by itself unpacks to more than this many times its size. */
const DEFLATE_RATIO = 1032;

interface Rows {
  readonly from: number;
  readonly to: number;
  /** Bytes of the file. */
  readonly fileSize: number;
}

/** Reads rows of a dataset piece by piece, with every byte copied once. */
export function readRowsOf(
  library: Hdf5Library,
  dataset: Dataset,
  { dtype, shape }: ArrayInfo,
  { from, to, fileSize }: Rows,
): NumericArray {
  const [length = 1, ...rest] = shape;
  if (!(from >= 0 && from <= to)) throw new RangeError(`expected rows from 0 up, but got ${from} to ${to}`);
  const [first, end] = [Math.min(from, length), Math.min(to, length)];
  const rowBytes = countElements(rest) * bytesPerElement(dtype);
  const size = (end - first) * rowBytes;
  const most = fileSize * DEFLATE_RATIO;
  if (size > most)
    throw new Error(`expected at most ${most} bytes in a file of ${fileSize}, but its shape says ${size}`);
  const bytes = new Uint8Array(size);
  const step = rowsAtOnce(rowBytes, dataset.metadata.chunks?.[0]);
  for (let row = first; row < end; row = Math.min(end, nextMultiple(row, step))) {
    const stop = Math.min(end, nextMultiple(row, step));
    const part = bytes.subarray((row - first) * rowBytes, (stop - first) * rowBytes);
    if (part.length > 0) readInto(library, dataset, part, { shape, row, count: stop - row });
  }
  const rows = shape.length === 0 ? [] : [end - first, ...rest];
  return { dtype, shape: rows, data: viewElements(dtype, bytes.buffer) };
}

/** Whole chunks at once: a part of a chunk takes as long as all of it. */
function rowsAtOnce(rowBytes: number, chunkRows = 1): number {
  const rows = Math.max(1, Math.floor(BYTES_AT_ONCE / Math.max(1, rowBytes)));
  return Math.max(rows - (rows % chunkRows), chunkRows);
}

function nextMultiple(row: number, step: number): number {
  return row - (row % step) + step;
}

interface Slab {
  readonly shape: readonly number[];
  readonly row: number;
  readonly count: number;
}

function readInto(
  { module }: Hdf5Library,
  { file_id: id, path }: Dataset,
  into: Uint8Array,
  { shape, row, count }: Slab,
): void {
  const pointer = module._malloc(into.length);
  if (pointer === 0) throw new Error(`not enough memory for rows of ${into.length} bytes`);
  try {
    const slab = shape.map((size, axis) =>
      axis === 0 ? { count, offset: row } : { count: size, offset: 0 },
    );
    const counts = slab.map(({ count }) => BigInt(count));
    const offsets = slab.map(({ offset }) => BigInt(offset));
    const steps = slab.map(() => 1n);
    const whole = shape.length === 0;
    module.get_dataset_data(id, path, whole ? null : counts, offsets, steps, BigInt(pointer));
    into.set(module.HEAPU8.subarray(pointer, pointer + into.length));
  } finally {
    module._free(pointer);
  }
}
