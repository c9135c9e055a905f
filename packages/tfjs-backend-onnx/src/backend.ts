import * as tf from '@tensorflow/tfjs';
import type { Emit, TensorSpec } from './graph/operation.js';
import { Recorder } from './graph/recorder.js';
import { findFill } from './graph/findFill.js';
import { TensorData } from './graph/tensorData.js';
import { isNumeric, type NumericDtype } from './onnx/dtype.js';
import { sizeOf } from './onnx/shape.js';
import { resolveOptions, type OnnxBackendOptions } from './options.js';
import type { Runtime } from './session/runtime.js';
import type { OnnxStatistics } from './statistics.js';

/** A kernel call to be recorded. */
export interface Recording {
  readonly kernel: string;
  /** The attributes on which the ONNX nodes depend. */
  readonly key: string;
  readonly inputs: readonly tf.TensorInfo[];
  readonly outputs: readonly TensorSpec[];
  readonly emit: Emit;
}

/**
 * A TensorFlow.js backend that records kernels and computes them, as one compiled ONNX graph, when somebody reads.
 *
 * Beside `KernelBackend` it has the members of TensorFlow.js's own CPU backend (`data`, `makeTensorInfo`,
 * `bufferSync`, ...), so that the JavaScript kernels run on it unchanged where ONNX has no form for a kernel.
 */
export class OnnxBackend extends tf.KernelBackend {
  readonly data: tf.DataStorage<TensorData>;
  /** Side of the blocks in which the JavaScript matrix product works. */
  readonly blockSize = 48;
  readonly #recorder: Recorder;
  readonly #fallbacks = new Map<string, number>();
  #nextId = 0;

  constructor(runtime: Runtime, options: OnnxBackendOptions = {}) {
    super();
    this.data = new tf.DataStorage<TensorData>(this, tf.engine());
    this.#recorder = new Recorder(runtime, resolveOptions(options), () => this.#parameters());
  }

  /** Records a kernel call; its results are pending until somebody reads. */
  record({ kernel, key, inputs, outputs, emit }: Recording): tf.TensorInfo[] {
    let signature = `${kernel}(${key}`;
    for (const { dtype, shape } of inputs) signature += `;${dtype}${shape.join()}`;
    const operation = this.#recorder.operations.intern(signature, () => ({
      kernel,
      inputs: inputs.map(({ dtype, shape }) => ({ dtype: dtype as NumericDtype, shape: [...shape] })),
      outputs: outputs.map(({ dtype, shape }) => ({ dtype, shape: [...shape] })),
      emit,
    }));
    const results = outputs.map(({ dtype }) => new TensorData(this, dtype));
    const operands = inputs.map((input) => this.data.get(input.dataId));
    this.#recorder.record(operation, operands, results);
    return outputs.map(({ dtype, shape }, i) => ({
      dataId: this.#store(results[i] as TensorData),
      dtype,
      shape: shape as number[],
    }));
  }

  /** A tensor that one number fills; its array is made only if somebody asks for it. */
  filled(shape: number[], dtype: NumericDtype, value: number): tf.TensorInfo {
    const size = sizeOf(shape);
    return { dataId: this.#store(new TensorData(this, dtype, { value, size })), shape, dtype };
  }

  /** A second name for the same values. */
  view({ dataId, dtype }: tf.TensorInfo, shape: number[]): tf.TensorInfo {
    this.incRef(dataId);
    return { dataId, dtype, shape };
  }

  isPending(tensor: tf.TensorInfo): boolean {
    return this.data.get(tensor.dataId).pending;
  }

  countFallback(kernel: string): void {
    this.#fallbacks.set(kernel, (this.#fallbacks.get(kernel) ?? 0) + 1);
  }

  statistics(): OnnxStatistics {
    const { runs, compilations, compileMilliseconds, runMilliseconds, sessions, pool } = this.#recorder;
    return {
      runs,
      compilations,
      compileMilliseconds,
      runMilliseconds,
      sessions,
      pooledBytes: pool.bytes,
      fallbacks: Object.fromEntries(this.#fallbacks),
    };
  }

  flush(): void {
    this.#recorder.flush();
  }

  // Storage

  /** Copies numbers: the caller may change the array before the graph that reads it runs. */
  override write(values: tf.backend_util.BackendValues, _shape: number[], dtype: tf.DataType): object {
    const kept = ArrayBuffer.isView(values) ? (findFill(values) ?? values.slice()) : values;
    return this.#store(new TensorData(this, dtype, kept));
  }

  override move(
    dataId: object,
    values: tf.backend_util.BackendValues,
    _shape: number[],
    dtype: tf.DataType,
    refCount: number,
  ): void {
    const data = new TensorData(this, dtype, values);
    data.refCount = refCount;
    this.data.set(dataId, data);
  }

  override async read(dataId: object): Promise<tf.backend_util.BackendValues> {
    return Promise.resolve(this.readSync(dataId));
  }

  override readSync(dataId: object): tf.backend_util.BackendValues {
    const data = this.data.get(dataId);
    if (data.complexTensorInfos !== undefined) {
      const { real, imag } = data.complexTensorInfos;
      return tf.backend_util.mergeRealAndImagArrays(
        this.readSync(real.dataId) as Float32Array,
        this.readSync(imag.dataId) as Float32Array,
      );
    }
    return isNumeric(data.dtype) ? data.copy() : (data.values as tf.backend_util.BackendValues);
  }

  override refCount(dataId: object): number {
    return this.data.has(dataId) ? this.data.get(dataId).refCount : 0;
  }

  override incRef(dataId: object): void {
    this.data.get(dataId).refCount++;
  }

  decRef(dataId: object): void {
    if (this.data.has(dataId)) this.data.get(dataId).refCount--;
  }

  override numDataIds(): number {
    return this.data.numDataIds();
  }

  override disposeData(dataId: object, force = false): boolean {
    if (!this.data.has(dataId)) return true;
    const data = this.data.get(dataId);
    data.refCount--;
    if (!force && data.refCount > 0) return false;
    data.refCount = 0;
    if (data.complexTensorInfos !== undefined) {
      this.disposeData(data.complexTensorInfos.real.dataId, true);
      this.disposeData(data.complexTensorInfos.imag.dataId, true);
    }
    this.data.delete(dataId);
    this.#recorder.release(data);
    return true;
  }

  // What TensorFlow.js's JavaScript kernels expect of their backend

  makeTensorInfo(
    shape: number[],
    dtype: tf.DataType,
    values?: tf.backend_util.BackendValues | string[],
  ): tf.TensorInfo {
    const encoded =
      dtype === 'string' && typeof values?.[0] === 'string'
        ? (values as string[]).map((text) => tf.util.encodeString(text))
        : (values as tf.backend_util.BackendValues | undefined);
    return { dataId: this.#store(new TensorData(this, dtype, encoded)), shape, dtype };
  }

  makeOutput(values: tf.backend_util.BackendValues, shape: number[], dtype: tf.DataType): tf.Tensor {
    return tf.engine().makeTensorFromTensorInfo(this.makeTensorInfo(shape, dtype, values), this);
  }

  bufferSync({ dataId, shape, dtype }: tf.TensorInfo): tf.TensorBuffer<tf.Rank, tf.DataType> {
    const values = this.readSync(dataId);
    if (dtype !== 'string') return tf.buffer(shape, dtype, values as Float32Array);
    const texts = (values as Uint8Array[]).map((bytes) => tf.util.decodeString(bytes));
    return tf.buffer(shape, dtype, texts);
  }

  where(condition: tf.Tensor): tf.Tensor2D {
    return tf.kernel_impls.whereImpl(condition.shape, this.readSync(condition.dataId) as Uint8Array);
  }

  disposeIntermediateTensorInfo({ dataId }: tf.TensorInfo): void {
    this.disposeData(dataId);
  }

  // The rest of KernelBackend

  override timerAvailable(): boolean {
    return true;
  }

  /** Computes all that `run` recorded, so that its time is that of the work and not of the recording. */
  override async time(run: () => void): Promise<tf.BackendTimingInfo> {
    this.flush();
    const start = performance.now();
    run();
    this.#recorder.flush(true);
    return Promise.resolve({ kernelMs: performance.now() - start });
  }

  override memory(): { unreliable: boolean; reasons?: string[] } {
    return { unreliable: false };
  }

  override floatPrecision(): 16 | 32 {
    return 32;
  }

  override epsilon(): number {
    return 1e-7;
  }

  override dispose(): void {
    this.#recorder.dispose();
  }

  #parameters(): ReadonlySet<TensorData> {
    const variables = Object.values(tf.engine().registeredVariables);
    const own = variables.filter(({ dataId }) => this.data.has(dataId));
    return new Set(own.map(({ dataId }) => this.data.get(dataId)));
  }

  #store(data: TensorData): object {
    const dataId = { id: this.#nextId++ };
    this.data.set(dataId, data);
    return dataId;
  }
}
