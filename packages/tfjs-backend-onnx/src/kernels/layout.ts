import * as tf from '@tensorflow/tfjs';
import { isNumeric } from '../onnx/dtype.js';
import type { Value } from '../onnx/value.js';
import { keepsOrder } from '../onnx/permutation.js';
import { sizeOf } from '../onnx/shape.js';
import { isEmpty, operand, record, type Kernel, type KernelTable } from './kernel.js';

const transpose: Kernel = (call) => {
  const x = operand(call, 'x');
  const { perm } = call.attrs as { perm: number[] };
  if (!isNumeric(x.dtype) || isEmpty(x)) return undefined;
  const shape = perm.map((axis) => x.shape[axis] as number);
  if (keepsOrder(x.shape, perm)) return call.backend.view(x, shape);
  return record(call, perm.join(), [x], { shape, dtype: x.dtype }, (graph, [value]) =>
    graph.transpose(value as Value, perm),
  );
};

const padV2: Kernel = (call) => {
  const x = operand(call, 'x');
  const { paddings, constantValue } = call.attrs as { paddings: [number, number][]; constantValue: number };
  if (!isNumeric(x.dtype) || isEmpty(x)) return undefined;
  const shape = paddings.map(([before, after], axis) => before + (x.shape[axis] as number) + after);
  if (shape.every((size, axis) => size === x.shape[axis])) return call.backend.view(x, shape);
  const { dtype } = x;
  return record(call, `${paddings.join()}|${constantValue}`, [x], { shape, dtype }, (graph, [value]) =>
    graph.pad(value as Value, paddings, constantValue),
  );
};

const mirrorPad: Kernel = (call) => {
  const x = operand(call, 'x');
  const { paddings, mode } = call.attrs as { paddings: [number, number][]; mode: 'reflect' | 'symmetric' };
  // ONNX reflects without repeating the border only.
  if (x.dtype !== 'float32' || isEmpty(x) || mode !== 'reflect') return undefined;
  const shape = paddings.map(([before, after], axis) => before + (x.shape[axis] as number) + after);
  return record(call, paddings.join(), [x], { shape, dtype: x.dtype }, (graph, [value]) =>
    graph.node('Pad', [value, graph.integers(onnxPads(paddings))], shape, {
      attributes: { mode: 'reflect' },
    }),
  );
};

function onnxPads(paddings: readonly (readonly [number, number])[]): number[] {
  return [...paddings.map(([before]) => before), ...paddings.map(([, after]) => after)];
}

const reverse: Kernel = (call) => {
  const x = operand(call, 'x');
  if (!isNumeric(x.dtype) || isEmpty(x)) return undefined;
  const axes = tf.util.parseAxisParam(call.attrs['dims'] as number[], x.shape);
  if (x.shape.length === 0 || axes.length === 0) return call.backend.view(x, x.shape);
  return record(call, axes.join(), [x], { shape: x.shape, dtype: x.dtype }, (graph, [value]) => {
    const all = (number: number): Value => graph.integers(axes.map(() => number));
    const { shape } = value as Value;
    return graph.node('Slice', [value, all(-1), all(-(2 ** 40)), graph.integers(axes), all(-1)], shape);
  });
};

const spaceToBatch: Kernel = (call) => {
  const x = operand(call, 'x');
  const { blockShape, paddings } = call.attrs as { blockShape: number[]; paddings: [number, number][] };
  if (!isNumeric(x.dtype) || isEmpty(x)) return undefined;
  const block = sizeOf(blockShape);
  const rest = x.shape.slice(1 + blockShape.length).map((): [number, number] => [0, 0]);
  const pads: [number, number][] = [[0, 0], ...paddings, ...rest];
  const padded = pads.map(([before, after], axis) => before + (x.shape[axis] as number) + after);
  const inner = tf.backend_util.getReshaped(padded, blockShape, block, false);
  const perm = tf.backend_util.getPermuted(inner.length, blockShape.length, false);
  const shape = tf.backend_util.getReshapedPermuted(padded, blockShape, block, false);
  const { dtype } = x;
  return record(call, `${blockShape.join()}|${paddings.join()}`, [x], { shape, dtype }, (graph, [value]) => {
    const wide = graph.pad(value as Value, pads, 0);
    return graph.reshape(graph.transpose(graph.reshape(wide, inner), perm), shape);
  });
};

const batchToSpace: Kernel = (call) => {
  const x = operand(call, 'x');
  const { blockShape, crops } = call.attrs as { blockShape: number[]; crops: number[][] };
  if (!isNumeric(x.dtype) || isEmpty(x)) return undefined;
  const block = sizeOf(blockShape);
  const inner = tf.backend_util.getReshaped(x.shape, blockShape, block);
  const perm = tf.backend_util.getPermuted(inner.length, blockShape.length);
  const joined = tf.backend_util.getReshapedPermuted(x.shape, blockShape, block);
  const begin = tf.backend_util.getSliceBeginCoords(crops, blockShape.length);
  const sizes = tf.backend_util.getSliceSize(joined, crops, blockShape.length);
  const starts = joined.map((_, axis) => begin[axis] ?? 0);
  const size = joined.map((length, axis) => sizes[axis] ?? length);
  const output = { shape: size, dtype: x.dtype };
  return record(call, `${blockShape.join()}|${crops.join()}`, [x], output, (graph, [value]) => {
    const spread = graph.reshape(graph.transpose(graph.reshape(value as Value, inner), perm), joined);
    return graph.slice(spread, starts, size);
  });
};

const depthToSpace: Kernel = (call) => {
  const x = operand(call, 'x');
  const { blockSize, dataFormat } = call.attrs as { blockSize: number; dataFormat: string };
  if (!isNumeric(x.dtype) || isEmpty(x) || dataFormat !== 'NHWC') return undefined;
  const [n, height, width, depth] = x.shape as [number, number, number, number];
  const channels = depth / blockSize ** 2;
  const shape = [n, height * blockSize, width * blockSize, channels];
  const inner = [n, height, width, blockSize, blockSize, channels];
  return record(call, `${blockSize}`, [x], { shape, dtype: x.dtype }, (graph, [value]) =>
    graph.reshape(graph.transpose(graph.reshape(value as Value, inner), [0, 1, 3, 2, 4, 5]), shape),
  );
};

export const layoutKernels: KernelTable = {
  BatchToSpaceND: batchToSpace,
  DepthToSpace: depthToSpace,
  MirrorPad: mirrorPad,
  PadV2: padV2,
  Reverse: reverse,
  SpaceToBatchND: spaceToBatch,
  Transpose: transpose,
};
