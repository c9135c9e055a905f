import * as tf from '@tensorflow/tfjs';
import type { GraphBuilder } from '../onnx/graphBuilder.js';
import type { Value } from '../onnx/value.js';
import { isNumeric, type NumericDtype } from '../onnx/dtype.js';
import { operand, record, type Kernel, type KernelTable } from './kernel.js';

type EmitBinary = (graph: GraphBuilder, a: Value, b: Value) => Value;

interface BinaryOptions {
  readonly takes?: readonly NumericDtype[];
  readonly returns?: NumericDtype;
}

function binary(emit: EmitBinary, { takes = ['float32', 'int32'], returns }: BinaryOptions = {}): Kernel {
  return (call) => {
    const a = operand(call, 'a');
    const b = operand(call, 'b');
    if (!isNumeric(a.dtype) || a.dtype !== b.dtype || !takes.includes(a.dtype)) return undefined;
    const shape = tf.broadcast_util.assertAndGetBroadcastShape(a.shape, b.shape);
    return record(call, '', [a, b], { shape, dtype: returns ?? a.dtype }, (graph, [x, y]) =>
      emit(graph, x as Value, y as Value),
    );
  };
}

function node(op: string): EmitBinary {
  return (graph, a, b) => graph.map(op, [a, b]);
}

function comparison(op: string): Kernel {
  return binary((graph, a, b) => graph.map(op, [a, b], { dtype: 'bool' }), { returns: 'bool' });
}

function squaredDifference(graph: GraphBuilder, a: Value, b: Value): Value {
  const difference = graph.map('Sub', [a, b]);
  return graph.map('Mul', [difference, difference]);
}

/** floor(a / b). Integers go through doubles, which hold every quotient; division by 0 gives 0, as in an Int32Array. */
function floorDiv(graph: GraphBuilder, a: Value, b: Value): Value {
  if (a.dtype === 'float32') return graph.map('Floor', [graph.map('Div', [a, b])]);
  const quotient = graph.map('Div', [graph.cast(a, 'float64'), graph.cast(b, 'float64')]);
  const zero = graph.map('Equal', [b, graph.scalar(0, b.dtype)], { dtype: 'bool' });
  const safe = graph.where(zero, graph.scalar(0, 'float64'), graph.map('Floor', [quotient]));
  return graph.cast(safe, 'int32');
}

/** The remainder with the sign of the divisor. */
function mod(graph: GraphBuilder, a: Value, b: Value): Value {
  const zero = graph.scalar(0, 'float32');
  const fmod = { attributes: { fmod: 1 } };
  const remainder = graph.map('Mod', [a, b], fmod);
  const negative = (x: Value): Value => graph.map('Less', [x, zero], { dtype: 'bool' });
  const sameSign = graph.map('Equal', [negative(a), negative(b)], { dtype: 'bool' });
  return graph.where(sameSign, remainder, graph.map('Mod', [graph.map('Add', [remainder, b]), b], fmod));
}

const floatOnly: BinaryOptions = { takes: ['float32'] };
const boolOnly: BinaryOptions = { takes: ['bool'] };

const equalTakes: BinaryOptions = { takes: ['float32', 'int32', 'bool'], returns: 'bool' };
const equal: EmitBinary = (graph, a, b) => graph.map('Equal', [a, b], { dtype: 'bool' });

const prelu: Kernel = (call) => {
  const x = operand(call, 'x');
  const alpha = operand(call, 'alpha');
  if (x.dtype !== 'float32' || alpha.dtype !== 'float32') return undefined;
  const shape = tf.broadcast_util.assertAndGetBroadcastShape(x.shape, alpha.shape);
  return record(call, '', [x, alpha], { shape, dtype: 'float32' }, (graph, [value, slope]) => {
    const negative = graph.map('Less', [value as Value, graph.scalar(0, 'float32')], { dtype: 'bool' });
    return graph.where(negative, graph.map('Mul', [value as Value, slope as Value]), value as Value);
  });
};

/** dy where y >= 0, else dy (y + 1). */
const eluGrad: Kernel = (call) => {
  const dy = operand(call, 'dy');
  const y = operand(call, 'y');
  if (dy.dtype !== 'float32' || y.dtype !== 'float32') return undefined;
  return record(call, '', [dy, y], { shape: y.shape, dtype: 'float32' }, (graph, [gradient, result]) => {
    const zero = graph.scalar(0, 'float32');
    const positive = graph.map('GreaterOrEqual', [result as Value, zero], { dtype: 'bool' });
    const slope = graph.map('Add', [result as Value, graph.scalar(1, 'float32')]);
    return graph.where(positive, gradient as Value, graph.map('Mul', [gradient as Value, slope]));
  });
};

const addN: Kernel = (call) => {
  const tensors = call.inputs as unknown as tf.TensorInfo[];
  const [first] = tensors;
  if (first === undefined || tensors.some(({ dtype }) => dtype !== first.dtype)) return undefined;
  if (first.dtype !== 'float32' && first.dtype !== 'int32') return undefined;
  return record(call, '', tensors, { shape: first.shape, dtype: first.dtype }, (graph, values) =>
    values.reduce((sum, value) => graph.map('Add', [sum, value])),
  );
};

export const binaryKernels: KernelTable = {
  Add: binary(node('Add')),
  AddN: addN,
  EluGrad: eluGrad,
  Equal: binary(equal, equalTakes),
  FloorDiv: binary(floorDiv, { returns: 'int32', takes: ['int32'] }),
  Greater: comparison('Greater'),
  GreaterEqual: comparison('GreaterOrEqual'),
  Less: comparison('Less'),
  LessEqual: comparison('LessOrEqual'),
  LogicalAnd: binary(node('And'), boolOnly),
  LogicalOr: binary(node('Or'), boolOnly),
  Maximum: binary(node('Max')),
  Minimum: binary(node('Min')),
  Mod: binary(mod, floatOnly),
  Multiply: binary(node('Mul')),
  NotEqual: binary((graph, a, b) => graph.map('Not', [equal(graph, a, b)]), equalTakes),
  Pow: binary(node('Pow'), floatOnly),
  Prelu: prelu,
  RealDiv: binary(node('Div'), floatOnly),
  SquaredDifference: binary(squaredDifference),
  Sub: binary(node('Sub')),
};
