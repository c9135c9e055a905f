import type * as tf from '@tensorflow/tfjs';
import type { OnnxBackend } from '../backend.js';
import type { Emit, TensorSpec } from '../graph/operation.js';
import { sizeOf } from '../onnx/shape.js';

export interface KernelCall {
  readonly backend: OnnxBackend;
  /** TensorFlow.js's name of the kernel. */
  readonly kernel: string;
  readonly inputs: tf.NamedTensorInfoMap;
  readonly attrs: tf.NamedAttrMap;
}

/** Records a kernel call, or returns undefined where ONNX has no form for these types or attributes. */
export type Kernel = (call: KernelCall) => tf.TensorInfo | tf.TensorInfo[] | undefined;

export type KernelTable = Readonly<Record<string, Kernel>>;

/** The operand of that name, which the kernel always has. */
export function operand({ inputs }: KernelCall, name: string): tf.TensorInfo {
  return inputs[name] as tf.TensorInfo;
}

/** Records a kernel with one result. */
export function record(
  { backend, kernel }: KernelCall,
  key: string,
  inputs: readonly tf.TensorInfo[],
  output: TensorSpec,
  emit: Emit,
): tf.TensorInfo {
  const [result] = backend.record({ kernel, key, inputs, outputs: [output], emit });
  return result as tf.TensorInfo;
}

export function isFloat(tensor: tf.TensorInfo): boolean {
  return tensor.dtype === 'float32';
}

export function isEmpty({ shape }: tf.TensorInfo): boolean {
  return sizeOf(shape) === 0;
}
