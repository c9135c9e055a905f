import * as tf from '@tensorflow/tfjs';
import type { GraphBuilder } from '../onnx/graphBuilder.js';
import type { Value } from '../onnx/value.js';
import { isNumeric, type NumericDtype } from '../onnx/dtype.js';
import { isEmpty, operand, record, type Kernel, type KernelTable } from './kernel.js';

interface ReductionAttrs {
  readonly axis?: number | number[];
  /** What Max and Min call `axis`. */
  readonly reductionIndices: number | number[];
  readonly keepDims: boolean;
}

interface ReductionOptions {
  readonly takes: readonly NumericDtype[];
  /** Element type in which ONNX computes; that of the operand when left out. */
  readonly computes?: NumericDtype;
  readonly returns?: NumericDtype;
}

function reducedShape(shape: readonly number[], axes: readonly number[], keepDims: boolean): number[] {
  return keepDims
    ? shape.map((size, axis) => (axes.includes(axis) ? 1 : size))
    : shape.filter((_, axis) => !axes.includes(axis));
}

const numbers: ReductionOptions = { takes: ['float32', 'int32'] };

type EmitReduction = (graph: GraphBuilder, x: Value, axes: readonly number[], keepDims: boolean) => Value;

function reduction(emit: EmitReduction | string, { takes, computes, returns }: ReductionOptions): Kernel {
  const emitReduction = typeof emit === 'string' ? plain(emit) : emit;
  return (call) => {
    const x = operand(call, 'x');
    const { reductionIndices, axis = reductionIndices, keepDims } = call.attrs as unknown as ReductionAttrs;
    if (!isNumeric(x.dtype) || !takes.includes(x.dtype) || isEmpty(x)) return undefined;
    const axes = tf.util.parseAxisParam(axis, x.shape);
    const dtype = returns ?? computes ?? x.dtype;
    const output = { shape: reducedShape(x.shape, axes, keepDims), dtype };
    return record(call, `${axes.join()}|${keepDims}`, [x], output, (graph, [value]) => {
      const operandValue = computes === undefined ? (value as Value) : graph.cast(value as Value, computes);
      return graph.cast(emitReduction(graph, operandValue, axes, keepDims), dtype);
    });
  };
}

function plain(op: string): EmitReduction {
  return (graph, x, axes, keepDims) => graph.reduce(op, x, axes, keepDims);
}

/** ONNX Runtime passes over NaN; TensorFlow.js returns it. */
function extremum(op: 'ReduceMax' | 'ReduceMin'): Kernel {
  const emit: EmitReduction = (graph, x, axes, keepDims) => {
    const extreme = graph.reduce(op, x, axes, keepDims);
    if (x.dtype !== 'float32') return extreme;
    const isNaN = graph.cast(graph.map('IsNaN', [x], { dtype: 'bool' }), 'int32');
    const anyNaN = graph.cast(graph.reduce('ReduceMax', isNaN, axes, keepDims), 'bool');
    return graph.where(anyNaN, graph.scalar(NaN, 'float32'), extreme);
  };
  return reduction(emit, numbers);
}

/** TensorFlow.js adds up booleans as integers. */
const sum: Kernel = (call) => {
  const computes = operand(call, 'x').dtype === 'bool' ? 'int32' : undefined;
  return reduction('ReduceSum', { takes: ['float32', 'int32', 'bool'], ...(computes && { computes }) })(call);
};

/** All and Any: the least and the greatest of 0 and 1. */
const all = reduction('ReduceMin', { takes: ['bool'], computes: 'int32', returns: 'bool' });
const any = reduction('ReduceMax', { takes: ['bool'], computes: 'int32', returns: 'bool' });

function argument(op: 'ArgMax' | 'ArgMin'): Kernel {
  return (call) => {
    const x = operand(call, 'x');
    if ((x.dtype !== 'float32' && x.dtype !== 'int32') || isEmpty(x)) return undefined;
    const [axis = 0] = tf.util.parseAxisParam(call.attrs['axis'] as number, x.shape);
    const shape = x.shape.filter((_, i) => i !== axis);
    return record(call, `${axis}`, [x], { shape, dtype: 'int32' }, (graph, [value]) => {
      const ranked = withoutNaN(graph, value as Value, op === 'ArgMax' ? -Infinity : Infinity);
      const attributes = { axis, keepdims: 0 };
      const index = graph.node(op, [ranked], shape, { attributes, dtype: 'int64' });
      return graph.cast(index, 'int32');
    });
  };
}

/** NaN is never the greatest nor the least. */
function withoutNaN(graph: GraphBuilder, x: Value, substitute: number): Value {
  if (x.dtype !== 'float32') return x;
  const isNaN = graph.map('IsNaN', [x], { dtype: 'bool' });
  return graph.where(isNaN, graph.scalar(substitute, 'float32'), x);
}

export const reductionKernels: KernelTable = {
  All: all,
  Any: any,
  ArgMax: argument('ArgMax'),
  ArgMin: argument('ArgMin'),
  Max: extremum('ReduceMax'),
  Mean: reduction('ReduceMean', { takes: ['float32', 'int32', 'bool'], computes: 'float32' }),
  Min: extremum('ReduceMin'),
  Prod: reduction('ReduceProd', numbers),
  Sum: sum,
};
