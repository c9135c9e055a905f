import {
  bytesPerElement,
  countElements,
  rowMajorStrides,
  toRowMajor,
  viewElements,
  type ArrayInfo,
  type NumericArray,
  type ElementType,
} from '@hash/core/files';

/** A run of elements in the file that tensors are views of. */
export class TorchStorage {
  readonly key: string;
  readonly dtype: ElementType;
  /** Number of elements. */
  readonly length: number;

  constructor(key: string, dtype: ElementType, length: number) {
    this.key = key;
    this.dtype = dtype;
    this.length = length;
  }

  get bytes(): number {
    return this.length * bytesPerElement(this.dtype);
  }
}

/** A view of a storage. */
export class TorchTensor implements ArrayInfo {
  readonly storage: TorchStorage;
  readonly shape: readonly number[];
  readonly #strides: readonly number[];
  readonly #offset: number;

  /**
   * Checks what a pickle says before anything is allocated for it. Offset and strides count elements.
   * @throws Error  where a size is no size, or where the tensor would have more elements than its storage or reach beyond
   */
  constructor(storage: unknown, offset: unknown, shape: unknown, strides: unknown) {
    if (!(storage instanceof TorchStorage) || !isSize(offset) || !areSizes(shape) || !areSizes(strides))
      throw new Error('expected a storage, an offset, a shape and strides, but found something else');
    const last = shape.reduce((sum, size, axis) => sum + (size - 1) * (strides[axis] ?? NaN), offset);
    const count = countElements(shape);
    if (count > storage.length || (count > 0 && !(last < storage.length))) {
      throw new Error(
        `expected a tensor within the ${storage.length} elements of its storage, but found ` +
          `shape [${shape.join(', ')}], strides [${strides.join(', ')}], offset ${offset}`,
      );
    }
    this.storage = storage;
    this.shape = shape;
    this.#strides = strides;
    this.#offset = offset;
  }

  get dtype(): ElementType {
    return this.storage.dtype;
  }

  /** @param bytes  of the whole storage */
  values(bytes: Uint8Array<ArrayBuffer>): NumericArray {
    const { dtype, shape } = this;
    const all = viewElements(dtype, bytes.buffer);
    const count = countElements(shape);
    const contiguous = rowMajorStrides(shape).every(
      (stride, axis) => shape[axis] === 1 || stride === this.#strides[axis],
    );
    if (!contiguous) return { dtype, shape, data: toRowMajor(all, shape, this.#strides, this.#offset) };
    return { dtype, shape, data: count === all.length ? all : all.slice(this.#offset, this.#offset + count) };
  }
}

function isSize(value: unknown): value is number {
  return Number.isSafeInteger(value) && (value as number) >= 0;
}

function areSizes(value: unknown): value is number[] {
  return Array.isArray(value) && value.length <= 64 && value.every(isSize);
}
