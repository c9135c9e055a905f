import type * as tf from '@tensorflow/tfjs';
import type { NumericDtype } from '../onnx/dtype.js';

export type NumericArray = Float32Array | Int32Array | Uint8Array;

export const ARRAY_TYPES = { float32: Float32Array, int32: Int32Array, bool: Uint8Array } as const;

/** Makes the values of pending tensors concrete. */
export interface Flusher {
  flush(): void;
}

/** One number that fills a whole tensor, such as the ones that gradients of sums are made with. */
export interface Fill {
  readonly value: number;
  readonly size: number;
}

let nextId = 0;

/**
 * What a data id of TensorFlow.js stands for: concrete values, or a place in the graph under recording. The JavaScript
 * kernels read and write `values` and `complexTensorInfos` as they do on their own backend.
 */
export class TensorData {
  /** Never given to other values. */
  readonly id = nextId++;
  readonly dtype: tf.DataType;
  refCount = 1;
  complexTensorInfos?: { real: tf.TensorInfo; imag: tf.TensorInfo };
  /** Whether the values are still to be computed by the pending graph. */
  pending = false;
  /** Operations of the pending graph that read these values. */
  holds = 0;
  /** Number of the value in the graph that is being planned; -1 outside of planning. */
  index = -1;
  #values: tf.backend_util.BackendValues | undefined;
  #fill: Fill | undefined;
  /** Whether the buffer is the backend's own and was never handed out, so that it may be used again. */
  #recyclable = false;
  readonly #flusher: Flusher;

  constructor(flusher: Flusher, dtype: tf.DataType, content?: tf.backend_util.BackendValues | Fill) {
    this.#flusher = flusher;
    this.dtype = dtype;
    if (content !== undefined && 'size' in content) this.#fill = content;
    else this.#values = content;
  }

  /** For the JavaScript kernels, which may keep the array in another tensor but do not change it. */
  get values(): tf.backend_util.BackendValues | undefined {
    this.#compute();
    this.#spreadOut();
    this.#recyclable = false;
    return this.#values;
  }

  set values(values: tf.backend_util.BackendValues | undefined) {
    this.#values = values;
    this.#fill = undefined;
    this.#recyclable = false;
  }

  /** A copy of the numbers, for those who may keep or change it. */
  copy(): NumericArray {
    this.#compute();
    if (this.#fill !== undefined) return spreadOut(this.dtype as NumericDtype, this.#fill);
    return this.typedValues().slice();
  }

  /** The number that fills the tensor, where it is known that one does. */
  get fill(): number | undefined {
    return this.#fill?.value;
  }

  /** Memory of concrete numbers; 0 for anything else. */
  get byteLength(): number {
    return ArrayBuffer.isView(this.#values) ? this.#values.byteLength : 0;
  }

  /** The concrete values in the array type of the element type, as the runtime needs them; not to be changed. */
  typedValues(): NumericArray {
    this.#spreadOut();
    const values = this.#values as NumericArray;
    const wanted = ARRAY_TYPES[this.dtype as NumericDtype];
    if (values instanceof wanted) return values;
    const converted = wanted.from(values);
    this.#values = converted;
    return converted;
  }

  /** Takes the result of a run. */
  resolve(values: NumericArray): void {
    this.#values = values;
    this.pending = false;
    this.#recyclable = true;
  }

  /** Gives the buffer back when nobody else can know it. */
  takeBuffer(): ArrayBuffer | undefined {
    if (!this.#recyclable || this.#values === undefined) return undefined;
    this.#recyclable = false;
    const { buffer } = this.#values as NumericArray;
    this.#values = undefined;
    return buffer as ArrayBuffer;
  }

  #compute(): void {
    if (!this.pending) return;
    this.#flusher.flush();
    if (this.pending)
      throw new Error(
        'onnxruntime backend: this tensor was never computed, because the graph that makes it failed.',
      );
  }

  #spreadOut(): void {
    if (this.#fill === undefined) return;
    this.#values = spreadOut(this.dtype as NumericDtype, this.#fill);
    this.#fill = undefined;
  }
}

function spreadOut(dtype: NumericDtype, { value, size }: Fill): NumericArray {
  const values = new ARRAY_TYPES[dtype](size);
  return value === 0 && !Object.is(value, -0) ? values : values.fill(value);
}
