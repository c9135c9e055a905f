import * as tf from '@tensorflow/tfjs';
import { ARRAY_TYPES } from '../graph/tensorData.js';
import { isNumeric } from '../onnx/dtype.js';
import { sizeOf } from '../onnx/shape.js';
import { operand, type Kernel, type KernelCall, type KernelTable } from './kernel.js';

function filled({ backend }: KernelCall, shape: number[], dtype: tf.DataType, value: number) {
  if (!isNumeric(dtype)) return undefined;
  const values = new ARRAY_TYPES[dtype](sizeOf(shape));
  if (value !== 0) values.fill(value);
  return backend.makeTensorInfo(shape, dtype, values);
}

const fill: Kernel = (call) => {
  const { shape, value, dtype } = call.attrs as { shape: number[]; value: number; dtype?: tf.DataType };
  return filled(call, shape, dtype ?? tf.util.inferDtype(value), value);
};

const onesLike: Kernel = (call) => {
  const x = operand(call, 'x');
  return filled(call, x.shape, x.dtype, 1);
};

const zerosLike: Kernel = (call) => {
  const x = operand(call, 'x');
  return filled(call, x.shape, x.dtype, 0);
};

export const creationKernels: KernelTable = { Fill: fill, OnesLike: onesLike, ZerosLike: zerosLike };
