import { broadcastShapes, sameShape, sizeOf } from './shape.js';
import { DTYPE_CODES, type OnnxDtype } from './dtype.js';
import type { Attributes, ConstantProto, NodeProto } from './model.js';

/** An intermediate result of the graph under construction. */
export interface Value {
  readonly name: string;
  readonly shape: readonly number[];
  readonly dtype: OnnxDtype;
  /** The number that a scalar constant holds. */
  readonly constant?: number;
  /**
   * A smaller value that, broadcast to `shape`, is this one. Nothing in the graph has this value's name yet: elementwise
   * nodes work on the smaller value, and it is spread out only for those that need every element.
   */
  readonly spreadOf?: Value;
}

export interface NodeOptions {
  readonly attributes?: Attributes;
  /** Element type of the result; that of the first input when left out. */
  readonly dtype?: OnnxDtype;
  /** `com.microsoft` for ONNX Runtime's own operators. */
  readonly domain?: NodeProto['domain'];
}

/** Collects the nodes and constants of one ONNX graph. */
export class GraphBuilder {
  readonly nodes: NodeProto[] = [];
  readonly constants: ConstantProto[] = [];
  readonly #constantNames = new Map<string, string>();
  readonly #written = new Map<string, Value[]>();
  #prefix = '';
  #count = 0;

  /** Names the nodes that follow after a TensorFlow.js kernel and its place in the recording. */
  startKernel(kernel: string, position: number): void {
    this.#prefix = `${kernel}_${position}`;
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

  /** A node with several results. The same node asked for twice is written once. */
  multiple(
    op: string,
    inputs: readonly (Value | undefined)[],
    results: readonly Omit<Value, 'name'>[],
    { attributes = {}, domain = '' }: NodeOptions = {},
  ): Value[] {
    const operands = inputs.map((input) => (input === undefined ? '' : this.spread(input).name));
    const key = `${domain}.${op}(${operands.join()})${JSON.stringify(attributes)}${results.length}`;
    let values = this.#written.get(key);
    if (values === undefined) {
      values = results.map(({ shape, dtype }) => ({ shape, dtype, name: `v${this.#count++}` }));
      this.#written.set(key, values);
      const outputs = values.map((value) => value.name);
      const name = `${this.#prefix}_${this.nodes.length}`;
      this.nodes.push({ name, op, domain, inputs: operands, outputs, attributes });
    }
    return [...values];
  }

  /** An elementwise node; the operands broadcast as in NumPy. */
  map(op: string, inputs: readonly Value[], options: NodeOptions = {}): Value {
    const shape = broadcastShapes(inputs.map((input) => input.shape));
    const small = simplify(
      op,
      inputs.map((input) => input.spreadOf ?? input),
    );
    if (!Array.isArray(small)) return this.broadcast(small as Value, shape);
    const operands = small as readonly Value[];
    const result = this.node(op, operands, broadcastShapes(operands.map((input) => input.shape)), options);
    return this.broadcast(result, shape);
  }

  /** A value repeated along axes of length 1, written out only if need be. */
  broadcast(x: Value, shape: readonly number[]): Value {
    if (sameShape(x.shape, shape)) return x;
    const source = x.spreadOf ?? x;
    return { name: `${source.name}[${shape.join()}]`, shape, dtype: x.dtype, spreadOf: source };
  }

  /** The value with every element in its place. */
  spread(x: Value): Value {
    if (x.spreadOf === undefined) return x;
    return this.node('Expand', [x.spreadOf, this.integers(x.shape)], x.shape);
  }

  /** The same value under another name. */
  copy(x: Value): Value {
    const name = `copy${this.nodes.length}`;
    this.nodes.push({ name, op: 'Identity', domain: '', inputs: [x.name], outputs: [name], attributes: {} });
    return { ...x, name };
  }

  cast(x: Value, dtype: OnnxDtype): Value {
    if (x.dtype === dtype) return x;
    return this.map('Cast', [x], { dtype, attributes: { to: DTYPE_CODES[dtype] } });
  }

  reshape(x: Value, shape: readonly number[]): Value {
    if (sameShape(x.shape, shape)) return x;
    if (x.spreadOf !== undefined && sizeOf(x.spreadOf.shape) === 1)
      return this.broadcast(this.reshape(x.spreadOf, []), shape);
    return this.node('Reshape', [x, this.integers(shape)], shape);
  }

  transpose(x: Value, perm: readonly number[]): Value {
    if (perm.every((axis, i) => axis === i)) return x;
    const shape = perm.map((axis) => x.shape[axis] as number);
    return this.node('Transpose', [x], shape, { attributes: { perm } });
  }

  /** A reduction of opset 18, whose axes are an input. */
  reduce(op: string, x: Value, axes: readonly number[], keepDims: boolean): Value {
    if (axes.length === 0) return x;
    const shape = keepDims
      ? x.shape.map((size, axis) => (axes.includes(axis) ? 1 : size))
      : x.shape.filter((_, axis) => !axes.includes(axis));
    return this.node(op, [x, this.integers(axes)], shape, { attributes: { keepdims: keepDims ? 1 : 0 } });
  }

  slice(x: Value, begin: readonly number[], size: readonly number[]): Value {
    const axes = begin.map((_, axis) => axis).filter((axis) => size[axis] !== x.shape[axis]);
    if (axes.length === 0) return x;
    const starts = axes.map((axis) => begin[axis] as number);
    const ends = axes.map((axis, i) => (starts[i] as number) + (size[axis] as number));
    return this.node('Slice', [x, this.integers(starts), this.integers(ends), this.integers(axes)], size);
  }

  where(condition: Value, yes: Value, no: Value): Value {
    return this.map('Where', [condition, yes, no], { dtype: yes.dtype });
  }

  scalar(value: number, dtype: OnnxDtype, shape: readonly number[] = []): Value {
    return { ...this.constant([value], shape, dtype), constant: value };
  }

  /** The one-dimensional int64 constant that shapes, axes and pads are given as. */
  integers(values: readonly number[]): Value {
    return this.constant(values, [values.length], 'int64');
  }

  constant(values: readonly number[], shape: readonly number[], dtype: OnnxDtype): Value {
    // Joining would write -0 as 0.
    const key = `${dtype}[${shape.join()}]${values.map((value) => (Object.is(value, -0) ? '-0' : value)).join()}`;
    let name = this.#constantNames.get(key);
    if (name === undefined) {
      name = `c${this.constants.length}`;
      this.#constantNames.set(key, name);
      this.constants.push({ name, dtype, shape, data: encodeValues(values, dtype) });
    }
    return { name, shape, dtype };
  }
}

/** The operands, or the one that the operation leaves as it is. */
function simplify(op: string, operands: readonly Value[]): readonly Value[] | Value {
  const [a, b] = operands as [Value, Value | undefined];
  if ((op === 'Mul' || op === 'Div') && b?.constant === 1) return a;
  if (op === 'Mul' && a.constant === 1 && b !== undefined) return b;
  return operands;
}

function encodeValues(values: readonly number[], dtype: OnnxDtype): Uint8Array {
  switch (dtype) {
    case 'float32':
      return new Uint8Array(Float32Array.from(values).buffer);
    case 'float64':
      return new Uint8Array(Float64Array.from(values).buffer);
    case 'int32':
      return new Uint8Array(Int32Array.from(values).buffer);
    case 'int64':
      return new Uint8Array(BigInt64Array.from(values.map(BigInt)).buffer);
    case 'bool':
      return Uint8Array.from(values);
  }
}
