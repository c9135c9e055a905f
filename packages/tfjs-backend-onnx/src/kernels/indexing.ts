import * as tf from '@tensorflow/tfjs';
import { isNumeric, type NumericDtype } from '../onnx/dtype.js';
import type { GraphBuilder } from '../onnx/graphBuilder.js';
import type { Value } from '../onnx/value.js';
import { sizeOf } from '../onnx/shape.js';
import { isEmpty, operand, record, type Kernel, type KernelCall, type KernelTable } from './kernel.js';

const gather: Kernel = (call) => {
  const [x, indices] = [operand(call, 'x'), operand(call, 'indices')];
  const { axis: givenAxis, batchDims = 0 } = call.attrs as { axis: number; batchDims?: number };
  if (!isNumeric(x.dtype) || indices.dtype !== 'int32' || isEmpty(x) || isEmpty(indices)) return undefined;
  const [axis = 0] = tf.util.parseAxisParam(givenAxis, x.shape);
  assertIndices(call, indices, x.shape[axis] as number);
  const info = tf.backend_util.segment_util.collectGatherOpShapeInfo(x, indices, axis, batchDims);
  const output = { shape: info.outputShape, dtype: x.dtype };
  return record(call, `${axis}|${batchDims}`, [x, indices], output, (graph, [value, places]) => {
    if (batchDims === 0) return graph.node('Gather', [value, places], output.shape, { attributes: { axis } });
    return gatherInBatches(graph, value as Value, places as Value, { ...info, shape: output.shape });
  });
};

/** Numbers the rows of all batches through, so that one Gather serves them all. */
function gatherInBatches(
  graph: GraphBuilder,
  x: Value,
  indices: Value,
  info: { batchSize: number; outerSize: number; dimSize: number; sliceSize: number; shape: number[] },
): Value {
  const { batchSize, outerSize, dimSize, sliceSize, shape } = info;
  const perBatch = sizeOf(indices.shape) / batchSize;
  const rows = graph.reshape(x, [batchSize * outerSize * dimSize, sliceSize]);
  const offsets = Array.from({ length: batchSize * outerSize }, (_, i) => i * dimSize);
  const offset = graph.constant(offsets, [batchSize, outerSize, 1], 'int32');
  const places = graph.map('Add', [graph.reshape(indices, [batchSize, 1, perBatch]), offset]);
  const picked = graph.node('Gather', [rows, places], [...places.shape, sliceSize], {
    attributes: { axis: 0 },
  });
  return graph.reshape(picked, shape);
}

/** Known indices are checked at once, as on TensorFlow.js's own backends; pending ones when the graph runs. */
function assertIndices({ backend, kernel }: KernelCall, indices: tf.TensorInfo, size: number): void {
  if (backend.isPending(indices)) return;
  for (const index of backend.data.get(indices.dataId).typedValues())
    if (index < 0 || index >= size)
      throw new Error(`${kernel}: the index value ${index} is not in [0, ${size - 1}]`);
}

const gatherNd: Kernel = (call) => {
  const [params, indices] = [operand(call, 'params'), operand(call, 'indices')];
  if (!isNumeric(params.dtype) || indices.dtype !== 'int32' || isEmpty(params) || isEmpty(indices))
    return undefined;
  const [shape] = tf.backend_util.prepareAndValidate(params, indices);
  return record(call, '', [params, indices], { shape, dtype: params.dtype }, (graph, [value, places]) =>
    graph.node('GatherND', [value, graph.cast(places as Value, 'int64')], shape),
  );
};

const scatterNd: Kernel = (call) => {
  const [indices, updates] = [operand(call, 'indices'), operand(call, 'updates')];
  const { shape } = call.attrs as { shape: number[] };
  if (updates.dtype !== 'float32' || indices.dtype !== 'int32' || isEmpty(updates)) return undefined;
  const { sliceRank, numUpdates } = tf.backend_util.calculateShapes(updates, indices, shape);
  return record(call, shape.join(), [indices, updates], { shape, dtype: 'float32' }, (graph, inputs) => {
    const places = graph.reshape(inputs[0] as Value, [numUpdates, sliceRank]);
    const values = graph.reshape(inputs[1] as Value, [numUpdates, ...shape.slice(sliceRank)]);
    return scatterAdd(graph, shape, places, values);
  });
};

/** Adds updates into zeros; indices that occur more than once add up. */
function scatterAdd(graph: GraphBuilder, shape: readonly number[], indices: Value, updates: Value): Value {
  const zeros = graph.broadcast(graph.scalar(0, 'float32'), shape);
  return graph.node('ScatterND', [zeros, graph.cast(indices, 'int64'), updates], shape, {
    attributes: { reduction: 'add' },
  });
}

const tensorScatterUpdate: Kernel = (call) => {
  const [tensor, indices, updates] = [
    operand(call, 'tensor'),
    operand(call, 'indices'),
    operand(call, 'updates'),
  ];
  if (!isNumeric(tensor.dtype) || tensor.dtype !== updates.dtype || indices.dtype !== 'int32')
    return undefined;
  if (isEmpty(tensor) || isEmpty(updates)) return undefined;
  const output = { shape: tensor.shape, dtype: tensor.dtype };
  const { sliceRank, numUpdates } = tf.backend_util.calculateShapes(updates, indices, tensor.shape);
  return record(call, '', [tensor, indices, updates], output, (graph, [base, places, values]) => {
    const { shape } = output;
    const rows = graph.reshape(graph.cast(places as Value, 'int64'), [numUpdates, sliceRank]);
    const news = graph.reshape(values as Value, [numUpdates, ...shape.slice(sliceRank)]);
    return graph.node('ScatterND', [base, rows, news], shape);
  });
};

/** Sums the rows of each segment as a product with the indicator matrix of the segments. */
const unsortedSegmentSum: Kernel = (call) => {
  const [x, segmentIds] = [operand(call, 'x'), operand(call, 'segmentIds')];
  const { numSegments } = call.attrs as { numSegments: number };
  if (x.dtype !== 'float32' || segmentIds.dtype !== 'int32' || isEmpty(x) || numSegments === 0)
    return undefined;
  const ids = segmentIds.shape.length;
  if (ids !== 1) return undefined;
  const shape = [numSegments, ...x.shape.slice(1)];
  return record(call, `${numSegments}`, [x, segmentIds], { shape, dtype: 'float32' }, (graph, inputs) => {
    const [value, places] = inputs as [Value, Value];
    const zero = graph.scalar(0, 'int32');
    const last = graph.scalar(numSegments, 'int32');
    const below = graph.map('Less', [places, zero], { dtype: 'bool' });
    const above = graph.map('GreaterOrEqual', [places, last], { dtype: 'bool' });
    const outside = graph.map('Or', [below, above]);
    // Rows of no segment go to one past the last, which is cut off again.
    const safe = graph.where(outside, last, places);
    const wide = [numSegments + 1, ...shape.slice(1)];
    const column = graph.reshape(safe, [...safe.shape, 1]);
    return graph.slice(
      scatterAdd(graph, wide, column, value),
      shape.map(() => 0),
      shape,
    );
  });
};

const select: Kernel = (call) => {
  const [condition, t, e] = [operand(call, 'condition'), operand(call, 't'), operand(call, 'e')];
  if (t.dtype !== e.dtype || !isNumeric(t.dtype) || condition.dtype !== 'bool' || isEmpty(t))
    return undefined;
  const { shape } = t;
  const dtype: NumericDtype = t.dtype;
  return record(call, '', [condition, t, e], { shape, dtype }, (graph, inputs) => {
    const [test, yes, no] = inputs as [Value, Value, Value];
    const rank = test.shape.length;
    // A vector chooses whole rows.
    const rows =
      rank === 1 && shape.length > 1 ? [...test.shape, ...shape.slice(1).map(() => 1)] : test.shape;
    const wide = graph.reshape(test, rows);
    if (dtype !== 'bool') return graph.where(wide, yes, no);
    return graph.cast(graph.where(wide, graph.cast(yes, 'int32'), graph.cast(no, 'int32')), 'bool');
  });
};

const oneHot: Kernel = (call) => {
  const indices = operand(call, 'indices');
  const { dtype, depth, onValue, offValue } = call.attrs as unknown as tf.OneHotAttrs;
  if (indices.dtype !== 'int32' || !isNumeric(dtype) || isEmpty(indices) || depth < 1) return undefined;
  const output = { shape: [...indices.shape, depth], dtype };
  return record(call, `${dtype}|${depth}|${onValue}|${offValue}`, [indices], output, (graph, [value]) => {
    // ONNX's OneHot counts negative indices from the end; comparing leaves them without a one.
    const places = graph.constant([...Array(depth).keys()], [depth], 'int32');
    const column = graph.reshape(value as Value, [...indices.shape, 1]);
    const hot = graph.map('Equal', [column, places], { dtype: 'bool' });
    if (dtype === 'bool') return hot;
    return graph.where(hot, graph.scalar(onValue, dtype), graph.scalar(offValue, dtype));
  });
};

const topK: Kernel = (call) => {
  const x = operand(call, 'x');
  const { k } = call.attrs as { k: number };
  if ((x.dtype !== 'float32' && x.dtype !== 'int32') || isEmpty(x) || k === 0) return undefined;
  const shape = [...x.shape.slice(0, -1), k];
  const outputs = [
    { shape, dtype: x.dtype },
    { shape, dtype: 'int32' },
  ] as const;
  return call.backend.record({
    kernel: call.kernel,
    key: `${k}`,
    inputs: [x],
    outputs,
    emit: (graph, [value]) => {
      const results = [
        { shape, dtype: (value as Value).dtype },
        { shape, dtype: 'int64' },
      ] as const;
      const [values, places] = graph.multiple('TopK', [value, graph.integers([k])], results);
      return [values as Value, graph.cast(places as Value, 'int32')];
    },
  });
};

const cumsum: Kernel = (call) => {
  const x = operand(call, 'x');
  const { axis: givenAxis, exclusive, reverse } = call.attrs as unknown as tf.CumsumAttrs;
  if ((x.dtype !== 'float32' && x.dtype !== 'int32') || isEmpty(x)) return undefined;
  const [axis = 0] = tf.util.parseAxisParam(givenAxis, x.shape);
  const output = { shape: x.shape, dtype: x.dtype };
  return record(call, `${axis}|${exclusive}|${reverse}`, [x], output, (graph, [value]) =>
    graph.node('CumSum', [value, graph.constant([axis], [], 'int32')], x.shape, {
      attributes: { exclusive: exclusive ? 1 : 0, reverse: reverse ? 1 : 0 },
    }),
  );
};

export const indexingKernels: KernelTable = {
  Cumsum: cumsum,
  GatherNd: gatherNd,
  GatherV2: gather,
  OneHot: oneHot,
  ScatterNd: scatterNd,
  Select: select,
  TensorScatterUpdate: tensorScatterUpdate,
  TopK: topK,
  UnsortedSegmentSum: unsortedSegmentSum,
};
