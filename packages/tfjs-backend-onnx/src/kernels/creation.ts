import * as tf from '@tensorflow/tfjs';
import { isNumeric } from '../onnx/dtype.js';
import { operand, type Kernel, type KernelCall, type KernelTable } from './kernel.js';

function filled({ backend }: KernelCall, shape: number[], dtype: tf.DataType, value: number) {
  return isNumeric(dtype) ? backend.filled(shape, dtype, value) : undefined;
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
