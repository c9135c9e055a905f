import type { OnnxDtype } from './dtype.js';
import type { Attributes, ConstantProto, Domain, NodeProto } from './model.js';
import type { Value } from './value.js';

/** Collects the nodes and constants of a graph. The same node or constant asked for twice is written once. */
export class NodeWriter {
  readonly nodes: NodeProto[] = [];
  readonly constants: ConstantProto[] = [];
  /** What the nodes make. */
  readonly values: Value[] = [];
  readonly #constantNames = new Map<string, string>();
  readonly #written = new Map<string, Value[]>();
  #prefix = '';
  #count = 0;

  /** Names the nodes that follow after a TensorFlow.js kernel and its place in the recording. */
  startKernel(kernel: string, position: number): void {
    this.#prefix = `${kernel}_${position}`;
  }

  write(
    { op, domain, attributes }: { op: string; domain: Domain; attributes: Attributes },
    inputs: readonly string[],
    results: readonly Pick<Value, 'shape' | 'dtype'>[],
  ): Value[] {
    const key = `${domain}.${op}(${inputs.join()})${JSON.stringify(attributes)}${results.length}`;
    let values = this.#written.get(key);
    if (values === undefined) {
      values = results.map(({ shape, dtype }) => ({ shape, dtype, name: `v${this.#count++}` }));
      this.#written.set(key, values);
      this.values.push(...values);
      const outputs = values.map((value) => value.name);
      const name = `${this.#prefix}_${this.nodes.length}`;
      this.nodes.push({ name, op, domain, inputs, outputs, attributes });
    }
    return [...values];
  }

  /** The same value under another name. */
  copy(x: Value): Value {
    const name = `copy${this.nodes.length}`;
    this.nodes.push({ name, op: 'Identity', domain: '', inputs: [x.name], outputs: [name], attributes: {} });
    const copy = { ...x, name };
    this.values.push(copy);
    return copy;
  }

  /** A constant whose values are taken as they are, without looking for an equal one. */
  weights(values: ArrayBufferView, shape: readonly number[], dtype: OnnxDtype): Value {
    const name = `c${this.constants.length}`;
    this.constants.push({ name, dtype, shape, data: bytesOf(values) });
    return { name, shape, dtype, baked: true };
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

function bytesOf({ buffer, byteOffset, byteLength }: ArrayBufferView): Uint8Array {
  return new Uint8Array(buffer, byteOffset, byteLength);
}

function encodeValues(values: readonly number[], dtype: OnnxDtype): Uint8Array {
  switch (dtype) {
    case 'float32':
      return bytesOf(Float32Array.from(values));
    case 'float64':
      return bytesOf(Float64Array.from(values));
    case 'int32':
      return bytesOf(Int32Array.from(values));
    case 'int64':
      return bytesOf(BigInt64Array.from(values.map(BigInt)));
    case 'bool':
      return Uint8Array.from(values);
  }
}
