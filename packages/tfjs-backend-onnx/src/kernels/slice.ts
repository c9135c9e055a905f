import * as tf from '@tensorflow/tfjs';
import type { GraphBuilder } from '../onnx/graphBuilder.js';
import type { Value } from '../onnx/value.js';
import { isNumeric } from '../onnx/dtype.js';
import type { NumericArray } from '../graph/tensorData.js';
import { sizeOf } from '../onnx/shape.js';
import { isEmpty, operand, record, type Kernel, type KernelCall, type KernelTable } from './kernel.js';

function sliceOf(call: KernelCall, x: tf.TensorInfo, begin: number[], size: number[]) {
  const { backend } = call;
  if (!isNumeric(x.dtype) || sizeOf(size) === 0) return undefined;
  if (!backend.isPending(x) && tf.slice_util.isSliceContinous(x.shape, begin, size)) {
    // A part of known values in one piece: no graph, and none to compile anew for every place in a data set.
    const values = backend.data.get(x.dataId).values as NumericArray;
    const offset = tf.slice_util.computeFlatOffset(begin, tf.util.computeStrides(x.shape));
    return backend.makeTensorInfo(size, x.dtype, values.subarray(offset, offset + sizeOf(size)));
  }
  const output = { shape: size, dtype: x.dtype };
  return record(
    { ...call, kernel: 'Slice' },
    `${begin.join()}|${size.join()}`,
    [x],
    output,
    (graph, [value]) => graph.slice(value as Value, begin, size),
  );
}

const slice: Kernel = (call) => {
  const x = operand(call, 'x');
  const { begin, size } = call.attrs as { begin: number | number[]; size: number | number[] };
  // Typed for tensors, but it reads no more than the shape.
  const [starts, sizes] = tf.slice_util.parseSliceParams(x, begin, size) as [number[], number[]];
  tf.slice_util.assertParamsValid(x, starts, sizes);
  return sliceOf(call, x, starts, sizes);
};

const stridedSlice: Kernel = (call) => {
  const x = operand(call, 'x');
  const attrs = call.attrs as unknown as tf.StridedSliceAttrs;
  if (!isNumeric(x.dtype)) return undefined;
  const info = tf.slice_util.sliceInfo(
    x.shape,
    attrs.begin,
    attrs.end,
    attrs.strides,
    attrs.beginMask,
    attrs.endMask,
    attrs.ellipsisMask,
    attrs.newAxisMask,
    attrs.shrinkAxisMask,
  );
  const { begin, end, strides, finalShape } = info;
  if (info.isIdentity) return call.backend.view(x, finalShape);
  if (sizeOf(finalShape) === 0) return undefined;
  const key = `${begin.join()}|${end.join()}|${strides.join()}|${finalShape.join()}`;
  return record(call, key, [x], { shape: finalShape, dtype: x.dtype }, (graph, [value]) => {
    // Walking backwards, end -1 means before the first element, which ONNX writes as a large negative number.
    const ends = end.map((stop, axis) => ((strides[axis] as number) < 0 && stop < 0 ? -(2 ** 40) : stop));
    const axes = begin.map((_, axis) => axis);
    const parameters = [begin, ends, axes, strides].map((values) => graph.integers(values));
    const size = tf.slice_util.computeOutShape(begin, end, strides);
    return graph.reshape(graph.node('Slice', [value, ...parameters], size), finalShape);
  });
};

function splitAt(graph: GraphBuilder, x: Value, axis: number, sizes: readonly number[]): readonly Value[] {
  if (sizes.length === 1) return [x];
  const results = sizes.map((size) => ({
    shape: x.shape.map((length, i) => (i === axis ? size : length)),
    dtype: x.dtype,
  }));
  return graph.multiple('Split', [x, graph.integers(sizes)], results, { attributes: { axis } });
}

const splitV: Kernel = (call) => {
  const x = operand(call, 'x');
  const { numOrSizeSplits, axis: givenAxis } = call.attrs as unknown as tf.SplitVAttrs;
  if (!isNumeric(x.dtype) || isEmpty(x)) return undefined;
  const [axis = 0] = tf.util.parseAxisParam(givenAxis, x.shape);
  const sizes = tf.backend_util.prepareSplitSize(x, numOrSizeSplits, axis);
  if (sizes.includes(0)) return undefined;
  const { dtype } = x;
  const outputs = sizes.map((size) => ({ shape: x.shape.map((n, i) => (i === axis ? size : n)), dtype }));
  return call.backend.record({
    kernel: call.kernel,
    key: `${axis}|${sizes.join()}`,
    inputs: [x],
    outputs,
    emit: (graph, [value]) => splitAt(graph, value as Value, axis, sizes),
  });
};

const unpack: Kernel = (call) => {
  const x = operand(call, 'value');
  const { axis: givenAxis } = call.attrs as { axis: number };
  if (!isNumeric(x.dtype) || isEmpty(x)) return undefined;
  const axis = givenAxis < 0 ? givenAxis + x.shape.length : givenAxis;
  const count = x.shape[axis] as number;
  const shape = x.shape.filter((_, i) => i !== axis);
  const { dtype } = x;
  return call.backend.record({
    kernel: call.kernel,
    key: `${axis}`,
    inputs: [x],
    outputs: Array.from({ length: count }, () => ({ shape, dtype })),
    emit: (graph, [value]) =>
      splitAt(graph, value as Value, axis, new Array<number>(count).fill(1)).map((part) =>
        graph.reshape(part, shape),
      ),
  });
};

export const sliceKernels: KernelTable = {
  Slice: slice,
  SplitV: splitV,
  StridedSlice: stridedSlice,
  Unpack: unpack,
};
