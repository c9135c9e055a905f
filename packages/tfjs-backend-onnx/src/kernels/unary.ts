import type { GraphBuilder } from '../onnx/graphBuilder.js';
import type { Value } from '../onnx/value.js';
import { isNumeric, type NumericDtype } from '../onnx/dtype.js';
import { operand, record, type Kernel, type KernelTable } from './kernel.js';

type EmitUnary = (graph: GraphBuilder, x: Value) => Value;

interface UnaryOptions {
  /** Element types that the ONNX form computes as TensorFlow.js does. */
  readonly takes?: readonly NumericDtype[];
  readonly returns?: NumericDtype;
}

function unary(emit: EmitUnary, { takes = ['float32'], returns }: UnaryOptions = {}): Kernel {
  return (call) => {
    const x = operand(call, 'x');
    if (!isNumeric(x.dtype) || !takes.includes(x.dtype)) return undefined;
    const output = { shape: x.shape, dtype: returns ?? x.dtype };
    return record(call, '', [x], output, (graph, [value]) => emit(graph, value as Value));
  };
}

function node(op: string): EmitUnary {
  return (graph, x) => graph.map(op, [x]);
}

/** The runtime's own tangent is too coarse near the poles. */
function tan(graph: GraphBuilder, x: Value): Value {
  const wide = graph.cast(x, 'float64');
  return graph.cast(graph.map('Div', [graph.map('Sin', [wide]), graph.map('Cos', [wide])]), 'float32');
}

function exp(graph: GraphBuilder, x: Value): Value {
  if (x.dtype === 'float32') return graph.map('Exp', [x]);
  return graph.cast(graph.map('Exp', [graph.cast(x, 'float64')]), 'float32');
}

/** exp(x) - 1 by 2t / (1 - t), t = tanh(x / 2), where the difference would lose digits. */
function expm1(graph: GraphBuilder, x: Value): Value {
  const one = graph.scalar(1, 'float32');
  const t = graph.map('Tanh', [graph.map('Mul', [x, graph.scalar(0.5, 'float32')])]);
  const near = graph.map('Div', [graph.map('Add', [t, t]), graph.map('Sub', [one, t])]);
  const far = graph.map('Sub', [graph.map('Exp', [x]), one]);
  return graph.where(isSmall(graph, x, 0.5), near, far);
}

/** log(1 + x) by Kahan's log(u) x / (u - 1), u = 1 + x, where the sum would lose digits. */
function log1p(graph: GraphBuilder, x: Value): Value {
  const one = graph.scalar(1, 'float32');
  const u = graph.map('Add', [x, one]);
  const log = graph.map('Log', [u]);
  const difference = graph.map('Sub', [u, one]);
  const corrected = graph.map('Div', [graph.map('Mul', [log, x]), difference]);
  const tiny = graph.map('Equal', [difference, graph.scalar(0, 'float32')], { dtype: 'bool' });
  return graph.where(isSmall(graph, x, 0.5), graph.where(tiny, x, corrected), log);
}

function isSmall(graph: GraphBuilder, x: Value, limit: number): Value {
  return graph.map('Less', [graph.map('Abs', [x]), graph.scalar(limit, 'float32')], { dtype: 'bool' });
}

function isFinite(graph: GraphBuilder, x: Value): Value {
  // The difference of an infinity or NaN with itself is NaN.
  const difference = graph.map('Sub', [x, x]);
  return graph.map('Equal', [difference, graph.scalar(0, 'float32')], { dtype: 'bool' });
}

/** sign(NaN) is 0 in TensorFlow.js. */
function sign(graph: GraphBuilder, x: Value): Value {
  const zero = graph.scalar(0, x.dtype);
  const positive = graph.cast(graph.map('Greater', [x, zero], { dtype: 'bool' }), x.dtype);
  const negative = graph.cast(graph.map('Less', [x, zero], { dtype: 'bool' }), x.dtype);
  return graph.map('Sub', [positive, negative]);
}

const anyNumber: UnaryOptions = { takes: ['float32', 'int32'] };
const test: UnaryOptions = { returns: 'bool' };

/** min(1, max(0, slope x)): a step for all but denormal numbers, in one pass and on all threads, as Sign is not. */
const STEEPEST = { alpha: { float: 3.4e38 }, beta: { float: 0 } };

/** 1 for what is greater than 0, `alpha` for what is not; NaN is neither and stays. */
const step: Kernel = (call) => {
  const x = operand(call, 'x');
  const { alpha } = call.attrs as { alpha: number };
  if (x.dtype !== 'float32') return undefined;
  return record(call, `${alpha}`, [x], { shape: x.shape, dtype: 'float32' }, (graph, [input]) => {
    const value = input as Value;
    if (alpha === 0) return graph.map('HardSigmoid', [value], { attributes: STEEPEST });
    const isPositive = graph.map('Greater', [value, graph.scalar(0, 'float32')], { dtype: 'bool' });
    const isNaN = graph.map('IsNaN', [value], { dtype: 'bool' });
    const other = graph.where(isNaN, value, graph.scalar(alpha, 'float32'));
    return graph.where(isPositive, graph.scalar(1, 'float32'), other);
  });
};

const leakyRelu: Kernel = (call) => {
  const x = operand(call, 'x');
  const { alpha } = call.attrs as { alpha: number };
  if (x.dtype !== 'float32') return undefined;
  return record(call, `${alpha}`, [x], { shape: x.shape, dtype: 'float32' }, (graph, [value]) =>
    graph.map('LeakyRelu', [value as Value], { attributes: { alpha: { float: alpha } } }),
  );
};

const clipByValue: Kernel = (call) => {
  const x = operand(call, 'x');
  const { clipValueMin, clipValueMax } = call.attrs as { clipValueMin: number; clipValueMax: number };
  if (x.dtype !== 'float32') return undefined;
  const output = { shape: x.shape, dtype: x.dtype };
  return record(call, `${clipValueMin},${clipValueMax}`, [x], output, (graph, [value]) =>
    graph.map('Clip', [
      value as Value,
      graph.scalar(clipValueMin, 'float32'),
      graph.scalar(clipValueMax, 'float32'),
    ]),
  );
};

export const unaryKernels: KernelTable = {
  Abs: unary(node('Abs'), anyNumber),
  Acos: unary(node('Acos')),
  Acosh: unary(node('Acosh')),
  Asin: unary(node('Asin')),
  Asinh: unary(node('Asinh')),
  Atan: unary(node('Atan')),
  Atanh: unary(node('Atanh')),
  Ceil: unary(node('Ceil')),
  ClipByValue: clipByValue,
  Cos: unary(node('Cos')),
  Cosh: unary(node('Cosh')),
  Elu: unary(node('Elu')),
  Erf: unary(node('Erf')),
  Exp: unary(exp, { takes: ['float32', 'int32'], returns: 'float32' }),
  Expm1: unary(expm1),
  Floor: unary(node('Floor')),
  IsFinite: unary(isFinite, test),
  IsInf: unary((graph, x) => graph.map('IsInf', [x], { dtype: 'bool' }), test),
  IsNan: unary((graph, x) => graph.map('IsNaN', [x], { dtype: 'bool' }), test),
  LeakyRelu: leakyRelu,
  Log: unary(node('Log')),
  Log1p: unary(log1p),
  LogicalNot: unary(node('Not'), { takes: ['bool'] }),
  Neg: unary(node('Neg'), anyNumber),
  Reciprocal: unary(node('Reciprocal')),
  Relu: unary(node('Relu'), anyNumber),
  Relu6: unary((graph, x) => graph.map('Clip', [x, graph.scalar(0, 'float32'), graph.scalar(6, 'float32')])),
  Round: unary(node('Round')),
  Rsqrt: unary((graph, x) => graph.map('Reciprocal', [graph.map('Sqrt', [x])])),
  Selu: unary(node('Selu')),
  Sigmoid: unary(node('Sigmoid')),
  Sign: unary(sign, anyNumber),
  Sin: unary(node('Sin')),
  Sinh: unary(node('Sinh')),
  Softplus: unary(node('Softplus')),
  Sqrt: unary(node('Sqrt')),
  Square: unary((graph, x) => graph.map('Mul', [x, x]), anyNumber),
  Step: step,
  Tan: unary(tan),
  Tanh: unary(node('Tanh')),
};
