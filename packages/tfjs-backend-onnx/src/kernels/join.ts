import * as tf from '@tensorflow/tfjs';
import { isNumeric } from '../onnx/dtype.js';
import { sizeOf } from '../onnx/shape.js';
import { isEmpty, operand, record, type Kernel, type KernelTable } from './kernel.js';
import type { Value } from '../onnx/value.js';

const concat: Kernel = (call) => {
  const tensors = call.inputs as unknown as tf.TensorInfo[];
  const [first] = tensors;
  if (first === undefined || !isNumeric(first.dtype)) return undefined;
  const [axis = 0] = tf.util.parseAxisParam(call.attrs['axis'] as number, first.shape);
  const shapes = tensors.map(({ shape }) => shape);
  tf.backend_util.assertParamsConsistent(shapes, axis);
  const parts = tensors.filter((tensor) => !isEmpty(tensor));
  if (parts.length < 2 || parts.some(({ dtype }) => dtype !== first.dtype)) return undefined;
  const output = { shape: tf.backend_util.computeOutShape(shapes, axis), dtype: first.dtype };
  return record(call, `${axis}`, parts, output, (graph, values) => graph.concat(values, axis));
};

const pack: Kernel = (call) => {
  const tensors = call.inputs as unknown as tf.TensorInfo[];
  const [first] = tensors;
  if (first === undefined || !isNumeric(first.dtype) || isEmpty(first)) return undefined;
  for (const { shape, dtype } of tensors) {
    tf.util.assertShapesMatch(first.shape, shape, 'All tensors passed to stack must have matching shapes');
    tf.util.assert(first.dtype === dtype, () => 'All tensors passed to stack must have matching dtypes');
  }
  const { axis } = call.attrs as { axis: number };
  const at = axis < 0 ? axis + first.shape.length + 1 : axis;
  const shapeWith = (length: number): number[] => [
    ...first.shape.slice(0, at),
    length,
    ...first.shape.slice(at),
  ];
  const single = shapeWith(1);
  if (tensors.length === 1) return call.backend.view(first, single);
  const output = { shape: shapeWith(tensors.length), dtype: first.dtype };
  return record(call, `${at}`, tensors, output, (graph, values) => {
    const parts = values.map((value) => graph.reshape(value, single));
    return graph.concat(parts, at);
  });
};

const tile: Kernel = (call) => {
  const x = operand(call, 'x');
  const { reps } = call.attrs as { reps: number[] };
  if (!isNumeric(x.dtype) || isEmpty(x)) return undefined;
  const shape = reps.map((count, i) => count * (x.shape[i - reps.length + x.shape.length] ?? 1));
  if (sizeOf(shape) === 0) return undefined;
  if (reps.every((count) => count === 1)) return call.backend.view(x, shape);
  return record(call, reps.join(), [x], { shape, dtype: x.dtype }, (graph, [value]) => {
    const operandValue = graph.reshape(value as Value, padLeft((value as Value).shape, reps.length));
    const broadcasts = operandValue.shape.every((size, axis) => size === 1 || reps[axis] === 1);
    return broadcasts
      ? graph.broadcast(operandValue, shape)
      : graph.node('Tile', [operandValue, graph.integers(reps)], shape);
  });
};

function padLeft(shape: readonly number[], rank: number): number[] {
  return [...new Array<number>(rank - shape.length).fill(1), ...shape];
}

export const joinKernels: KernelTable = { Concat: concat, Pack: pack, Tile: tile };
