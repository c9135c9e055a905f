import * as tf from '@tensorflow/tfjs';
import { isNumeric } from '../onnx/dtype.js';
import { sizeOf } from '../onnx/shape.js';
import type { Value } from '../onnx/value.js';
import { operand, record, type Kernel, type KernelTable } from './kernel.js';

const identity: Kernel = (call) => {
  const x = operand(call, 'x');
  return call.backend.view(x, x.shape);
};

const reshape: Kernel = (call) => {
  const x = operand(call, 'x');
  const size = sizeOf(x.shape);
  const shape = tf.util.inferFromImplicitShape(call.attrs['shape'] as number[], size);
  if (sizeOf(shape) !== size)
    throw new Error(
      `Reshape: expected a new shape of ${size} elements, as [${x.shape.join(', ')}] has, but got [${shape.join(', ')}].`,
    );
  return call.backend.view(x, shape);
};

const expandDims: Kernel = (call) => {
  const x = operand(call, 'input');
  const { dim } = call.attrs as { dim: number };
  const rank = x.shape.length;
  if (dim < -(rank + 1) || dim > rank)
    throw new Error(`ExpandDims: expected an axis in [${-(rank + 1)}, ${rank}], but got ${dim}.`);
  const shape = [...x.shape];
  shape.splice(dim < 0 ? rank + dim + 1 : dim, 0, 1);
  return call.backend.view(x, shape);
};

const cast: Kernel = (call) => {
  const x = operand(call, 'x');
  const { dtype } = call.attrs as { dtype: tf.DataType };
  if (dtype === x.dtype && dtype !== 'complex64') return call.backend.view(x, x.shape);
  if (!isNumeric(x.dtype) || !isNumeric(dtype)) return undefined;
  const output = { shape: x.shape, dtype: dtype };
  return record(call, dtype, [x], output, (graph, [value]) => graph.cast(value as Value, dtype));
};

export const viewKernels: KernelTable = {
  Cast: cast,
  ExpandDims: expandDims,
  Identity: identity,
  Reshape: reshape,
};
