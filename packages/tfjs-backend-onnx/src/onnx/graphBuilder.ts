import { broadcastShapes, sameShape } from './shape.js';
import { DTYPE_CODES, type OnnxDtype } from './dtype.js';
import type { Attributes, ConstantProto, NodeProto } from './model.js';

/** An intermediate result of the graph under construction. */
export interface Value {
  readonly name: string;
  readonly shape: readonly number[];
  readonly dtype: OnnxDtype;
}

export interface NodeOptions {
  readonly attributes?: Attributes;
  /** Element type of the result; that of the first input when left out. */
  readonly dtype?: OnnxDtype;
  /** `com.microsoft` for ONNX Runtime's own operators. */
  readonly domain?: NodeProto['domain'];
}

/** Collects the nodes and constants of one ONNX graph. Equal constants are stored once. */
export class GraphBuilder {
  readonly nodes: NodeProto[] = [];
  readonly constants: ConstantProto[] = [];
  readonly #constantNames = new Map<string, string>();
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

  /** A node with several results. */
  multiple(
    op: string,
    inputs: readonly (Value | undefined)[],
    results: readonly Omit<Value, 'name'>[],
    { attributes = {}, domain = '' }: NodeOptions = {},
  ): Value[] {
    const values = results.map((result) => ({ ...result, name: this.#newName() }));
    this.nodes.push({
      name: `${this.#prefix}_${this.nodes.length}`,
      op,
      domain,
      inputs: inputs.map((input) => input?.name ?? ''),
      outputs: values.map((value) => value.name),
      attributes,
    });
    return values;
  }

  /** An elementwise node; the operands broadcast as in NumPy. */
  map(op: string, inputs: readonly Value[], options: NodeOptions = {}): Value {
    return this.node(op, inputs, broadcastShapes(inputs.map((input) => input.shape)), options);
  }

  cast(x: Value, dtype: OnnxDtype): Value {
    if (x.dtype === dtype) return x;
    return this.map('Cast', [x], { dtype, attributes: { to: DTYPE_CODES[dtype] } });
  }

  reshape(x: Value, shape: readonly number[]): Value {
    if (sameShape(x.shape, shape)) return x;
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
    const shape = broadcastShapes([condition.shape, yes.shape, no.shape]);
    return this.node('Where', [condition, yes, no], shape, { dtype: yes.dtype });
  }

  scalar(value: number, dtype: OnnxDtype): Value {
    return this.constant([value], [], dtype);
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

  #newName(): string {
    return `v${this.#count++}`;
  }
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
