import type * as tf from '@tensorflow/tfjs';
import type { NumericDtype } from '../onnx/dtype.js';

export type NumericArray = Float32Array | Int32Array | Uint8Array;

/** Makes the values of pending tensors concrete. */
export interface Flusher {
  flush(): void;
}

/**
 * What a data id of TensorFlow.js stands for: concrete values, or a place in the graph under recording. The JavaScript
 * kernels read and write `values` and `complexTensorInfos` as they do on their own backend.
 */
export class TensorData {
  readonly dtype: tf.DataType;
  refCount = 1;
  complexTensorInfos?: { real: tf.TensorInfo; imag: tf.TensorInfo };
  /** Whether the values are still to be computed by the pending graph. */
  pending: boolean;
  /** Operations of the pending graph that read these values. */
  holds = 0;
  /** Number of the value in the graph that is being planned; -1 outside of planning. */
  index = -1;
  /** Whether the buffer is the backend's own and was never handed out, so that it may be used again. */
  recyclable = false;
  #values: tf.backend_util.BackendValues | undefined;
  readonly #flusher: Flusher;

  constructor(flusher: Flusher, dtype: tf.DataType, values?: tf.backend_util.BackendValues) {
    this.#flusher = flusher;
    this.dtype = dtype;
    this.#values = values;
    this.pending = false;
  }

  /** For those who may keep or change the array: computes it when it is pending, and gives it up for reuse. */
  get values(): tf.backend_util.BackendValues | undefined {
    if (this.pending) {
      this.#flusher.flush();
      if (this.pending)
        throw new Error(
          'onnxruntime backend: this tensor was never computed, because the graph that makes it failed.',
        );
    }
    this.recyclable = false;
    return this.#values;
  }

  set values(values: tf.backend_util.BackendValues | undefined) {
    this.#values = values;
    this.recyclable = false;
  }

  /** For those who only look at concrete values. */
  peek(): tf.backend_util.BackendValues | undefined {
    return this.#values;
  }

  /** Memory of concrete numbers; 0 for anything else. */
  get byteLength(): number {
    return ArrayBuffer.isView(this.#values) ? this.#values.byteLength : 0;
  }

  /** The concrete values in the array type of the element type, as the runtime needs them. */
  typedValues(): NumericArray {
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
    this.recyclable = true;
  }

  /** Gives the buffer back when nobody else can know it. */
  takeBuffer(): ArrayBuffer | undefined {
    if (!this.recyclable || this.#values === undefined) return undefined;
    this.recyclable = false;
    const { buffer } = this.#values as NumericArray;
    this.#values = undefined;
    return buffer as ArrayBuffer;
  }
}

export const ARRAY_TYPES = { float32: Float32Array, int32: Int32Array, bool: Uint8Array } as const;
