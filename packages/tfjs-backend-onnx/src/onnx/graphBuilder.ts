import { DTYPE_CODES, type OnnxDtype } from './dtype.js';
import type { Attributes, Domain } from './model.js';
import { NodeWriter } from './nodeWriter.js';
import { compose, inverse, keepsOrder, permute } from './permutation.js';
import { broadcastShapes, sameShape, sizeOf } from './shape.js';
import { isTransposed, spreadSource, type Transposed, type Value } from './value.js';

export interface NodeOptions {
  readonly attributes?: Attributes;
  /** Element type of the result; that of the first input when left out. */
  readonly dtype?: OnnxDtype;
  readonly domain?: Domain;
}

/** ONNX convolutions put channels first, TensorFlow.js last: from [n, c, h, w] to [n, h, w, c]. */
export const CHANNELS_LAST = [0, 2, 3, 1] as const;
export const CHANNELS_FIRST = [0, 3, 1, 2] as const;

/** Writes ONNX nodes for the kernels, and defers what may never have to be done. */
export class GraphBuilder {
  readonly writer = new NodeWriter();
  /** Channels in a block of ONNX Runtime's blocked layout; 0 where the graph is not to use it. */
  readonly channelBlock: number;
  /** What each result of a Reshape was before. */
  readonly #reshaped = new Map<string, Value>();

  constructor(channelBlock: number) {
    this.channelBlock = channelBlock;
  }

  /** A node with one result of a known shape. An input left `undefined` is an optional one that is not given. */
  node(
    op: string,
    inputs: readonly (Value | undefined)[],
    shape: readonly number[],
    options: NodeOptions = {},
  ): Value {
    const dtype = options.dtype ?? inputs[0]?.dtype ?? 'float32';
    const [result] = this.multiple(op, inputs, [{ shape, dtype }], options);
    return result as Value;
  }

  /** A node with several results. */
  multiple(
    op: string,
    inputs: readonly (Value | undefined)[],
    results: readonly Pick<Value, 'shape' | 'dtype'>[],
    { attributes = {}, domain = '' }: NodeOptions = {},
  ): Value[] {
    const names = inputs.map((input) => (input === undefined ? '' : this.made(input).name));
    return this.writer.write({ op, domain, attributes }, names, results);
  }

  /** An elementwise node; the operands broadcast as in NumPy. */
  map(op: string, inputs: readonly Value[], options: NodeOptions = {}): Value {
    const shape = broadcastShapes(inputs.map((input) => input.shape));
    const turned = inputs.find((input): input is Transposed => isTransposed(input));
    if (turned !== undefined) return this.#mapTransposed(op, inputs, options, { turned, shape });
    const sources = inputs.map(spreadSource);
    const same = unchanged(op, sources);
    const small = broadcastShapes(sources.map((source) => source.shape));
    return this.broadcast(same ?? this.node(op, sources, small, options), shape);
  }

  /** A value repeated along axes of length 1. */
  broadcast(x: Value, shape: readonly number[]): Value {
    if (sameShape(x.shape, shape)) return x;
    const source = isTransposed(x) ? this.made(x) : spreadSource(x);
    return { name: '', shape, dtype: x.dtype, deferred: { kind: 'spread', source } };
  }

  transpose(x: Value, perm: readonly number[]): Value {
    if (isTransposed(x)) return this.transpose(x.deferred.source, compose(x.deferred.perm, perm));
    if (perm.every((axis, i) => axis === i)) return x;
    const shape = permute(x.shape, perm);
    if (keepsOrder(x.shape, perm)) return this.reshape(x, shape);
    const source = spreadSource(x);
    if (sizeOf(source.shape) === 1) return this.broadcast(this.reshape(source, []), shape);
    return { name: '', shape, dtype: x.dtype, deferred: { kind: 'transpose', source: this.made(x), perm } };
  }

  /** The value with every element in its place, and a name. */
  made(x: Value): Value {
    if (x.deferred === undefined) return x;
    const { source } = x.deferred;
    if (x.deferred.kind === 'spread') return this.node('Expand', [source, this.integers(x.shape)], x.shape);
    return this.node('Transpose', [source], x.shape, { attributes: { perm: x.deferred.perm } });
  }

  cast(x: Value, dtype: OnnxDtype): Value {
    if (x.dtype === dtype) return x;
    return this.map('Cast', [x], { dtype, attributes: { to: DTYPE_CODES[dtype] } });
  }

  where(condition: Value, yes: Value, no: Value): Value {
    return this.map('Where', [condition, yes, no], { dtype: yes.dtype });
  }

  reshape(x: Value, shape: readonly number[]): Value {
    if (sameShape(x.shape, shape)) return x;
    const source = spreadSource(x);
    if (source !== x && sizeOf(source.shape) === 1) return this.broadcast(this.reshape(source, []), shape);
    const origin = this.#reshaped.get(x.name);
    if (origin !== undefined) return this.reshape(origin, shape);
    const result = this.node('Reshape', [x, this.integers(shape)], shape);
    this.#reshaped.set(result.name, x);
    return result;
  }

  /** A reduction of opset 18, whose axes are an input. */
  reduce(op: string, x: Value, axes: readonly number[], keepDims: boolean): Value {
    if (axes.length === 0) return x;
    if (!keepDims) {
      const shape = x.shape.filter((_, axis) => !axes.includes(axis));
      return this.reshape(this.reduce(op, x, axes, true), shape);
    }
    if (isTransposed(x)) {
      const { source, perm } = x.deferred;
      return this.transpose(this.reduce(op, source, permute(perm, axes), true), perm);
    }
    const shape = x.shape.map((size, axis) => (axes.includes(axis) ? 1 : size));
    const parts = countParts(op, x.shape, axes);
    if (parts > 1) {
      const rows = sizeOf(x.shape) / sizeOf(shape);
      const split = this.reshape(x, [parts, rows / parts, sizeOf(shape)]);
      return this.reshape(this.reduce(op, this.reduce(op, split, [1], true), [0], true), shape);
    }
    return this.node(op, [x, this.integers([...axes].sort((a, b) => a - b))], shape, {
      attributes: { keepdims: 1 },
    });
  }

  /** @param steps  from one element taken to the next; 1 when left out */
  slice(x: Value, begin: readonly number[], size: readonly number[], steps?: readonly number[]): Value {
    if (isTransposed(x)) {
      const { source, perm } = x.deferred;
      const [starts, sizes] = [permute(begin, inverse(perm)), permute(size, inverse(perm))];
      return this.transpose(this.slice(source, starts, sizes, steps && permute(steps, inverse(perm))), perm);
    }
    const axes = begin.map((_, axis) => axis).filter((axis) => size[axis] !== x.shape[axis]);
    if (axes.length === 0) return x;
    const strides = axes.map((axis) => steps?.[axis] ?? 1);
    const starts = permute(begin, axes);
    const ends = axes.map((axis, i) => (starts[i] ?? 0) + ((size[axis] ?? 0) - 1) * (strides[i] ?? 1) + 1);
    const parameters = [starts, ends, axes, strides].map((values) => this.integers(values));
    return this.node('Slice', [x, ...parameters], size);
  }

  /** @param paddings  [before, after] of each axis */
  pad(x: Value, paddings: readonly (readonly [number, number])[], value: number): Value {
    if (paddings.every(([before, after]) => before + after === 0)) return x;
    if (isTransposed(x)) {
      const { source, perm } = x.deferred;
      return this.transpose(this.pad(source, permute(paddings, inverse(perm)), value), perm);
    }
    const shape = x.shape.map((size, axis) => size + (paddings[axis]?.[0] ?? 0) + (paddings[axis]?.[1] ?? 0));
    const pads = [...paddings.map(([before]) => before), ...paddings.map(([, after]) => after)];
    return this.node('Pad', [x, this.integers(pads), this.scalar(value, x.dtype)], shape);
  }

  concat(parts: readonly Value[], axis: number): Value {
    const [first] = parts as [Value];
    if (parts.length === 1) return first;
    if (isTransposed(first) && parts.every((part) => isTransposed(part) && samePerm(part, first))) {
      const { perm } = first.deferred;
      const sources = (parts as Transposed[]).map((part) => part.deferred.source);
      return this.transpose(this.concat(sources, perm[axis] as number), perm);
    }
    const length = parts.reduce((sum, part) => sum + (part.shape[axis] as number), 0);
    const shape = first.shape.map((size, i) => (i === axis ? length : size));
    return this.node('Concat', parts, shape, { attributes: { axis } });
  }

  scalar(value: number, dtype: OnnxDtype, shape: readonly number[] = []): Value {
    return { ...this.constant([value], shape, dtype), constant: value };
  }

  /** The one-dimensional int64 constant that shapes, axes and pads are given as. */
  integers(values: readonly number[]): Value {
    return this.constant(values, [values.length], 'int64');
  }

  constant(values: readonly number[], shape: readonly number[], dtype: OnnxDtype): Value {
    return this.writer.constant(values, shape, dtype);
  }

  /** Maps in the layout of the operands' sources, if all large operands have it or convolutions want it. */
  #mapTransposed(
    op: string,
    inputs: readonly Value[],
    options: NodeOptions,
    { turned, shape }: { turned: Transposed; shape: readonly number[] },
  ): Value {
    const { perm } = turned.deferred;
    const size = sizeOf(shape);
    const fits = (x: Value): boolean =>
      isTransposed(x) ? samePerm(x, turned) : sizeOf(spreadSource(x).shape) < size;
    const isForConvolution = sameShape(perm, CHANNELS_LAST);
    if (perm.length !== shape.length || !(isForConvolution || inputs.every(fits)))
      return this.map(
        op,
        inputs.map((input) => (isTransposed(input) ? this.made(input) : input)),
        options,
      );
    const sources = inputs.map((input) => this.#turnBack(input, perm));
    return this.transpose(this.map(op, sources, options), perm);
  }

  #turnBack(x: Value, perm: readonly number[]): Value {
    const source = spreadSource(x);
    if (sizeOf(source.shape) === 1) return this.reshape(source, []);
    const full = [...new Array<number>(perm.length - source.shape.length).fill(1), ...source.shape];
    const back = this.transpose(this.reshape(source, full), inverse(perm));
    return isTransposed(back) ? this.made(back) : back;
  }
}

function samePerm(a: Value, b: Transposed): boolean {
  return isTransposed(a) && sameShape(a.deferred.perm, b.deferred.perm);
}

/** Elements above which columns are added up in parts, and the most parts. */
const LONG_COLUMNS = 2 ** 16;
const MAX_PARTS = 16;

/**
 * In how many equal parts the columns of a matrix are added up first, where `axes` are the leading ones. ONNX Runtime adds
 * up rows one after the other, which takes it four to eight times as long.
 */
function countParts(op: string, shape: readonly number[], axes: readonly number[]): number {
  if (op !== 'ReduceSum' && op !== 'ReduceMean') return 1;
  if (axes.length === shape.length || axes.some((axis) => axis >= axes.length)) return 1;
  const rows = sizeOf(shape.slice(0, axes.length));
  if (sizeOf(shape) < LONG_COLUMNS || rows < MAX_PARTS ** 2) return 1;
  for (let parts = MAX_PARTS; parts > 1; parts--) if (rows % parts === 0) return parts;
  return 1;
}

/** The operand that the operation leaves as it is, if it does. */
function unchanged(op: string, [a, b]: readonly Value[]): Value | undefined {
  if ((op === 'Mul' || op === 'Div') && b?.constant === 1) return a;
  if (op === 'Mul' && a?.constant === 1) return b;
  return undefined;
}
