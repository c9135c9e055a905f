import * as tf from '@tensorflow/tfjs';
import type { Value } from '../onnx/value.js';
import { isEmpty, isFloat, operand, record, type Kernel, type KernelTable } from './kernel.js';

/** scale (x - mean) / sqrt(variance + epsilon) + offset, as one multiplication and one addition over x. */
const batchNorm: Kernel = (call) => {
  const x = operand(call, 'x');
  const [mean, variance] = [operand(call, 'mean'), operand(call, 'variance')];
  const { offset, scale } = call.inputs;
  const epsilon = (call.attrs['varianceEpsilon'] as number | undefined) ?? 0.001;
  const hasOffset = offset !== undefined && offset !== null;
  const hasScale = scale !== undefined && scale !== null;
  const inputs = [x, mean, variance, ...(hasScale ? [scale] : []), ...(hasOffset ? [offset] : [])];
  if (!inputs.every(isFloat) || isEmpty(x)) return undefined;
  for (const { shape } of inputs) tf.broadcast_util.assertAndGetBroadcastShape(x.shape, shape);
  const key = `${epsilon}|${hasScale}|${hasOffset}`;
  return record(call, key, inputs, { shape: x.shape, dtype: 'float32' }, (graph, values) => {
    const [value, center, spread, ...rest] = values as [Value, Value, Value, ...Value[]];
    const deviation = graph.map('Sqrt', [graph.map('Add', [spread, graph.scalar(epsilon, 'float32')])]);
    const gain = hasScale ? (rest.shift() as Value) : graph.scalar(1, 'float32');
    const factor = graph.map('Div', [gain, deviation]);
    const shift = graph.map('Mul', [center, factor]);
    const bias = hasOffset ? graph.map('Sub', [rest.shift() as Value, shift]) : graph.map('Neg', [shift]);
    return graph.map('Add', [graph.map('Mul', [value, factor]), bias]);
  });
};

export const batchNormKernels: KernelTable = { FusedBatchNorm: batchNorm };
