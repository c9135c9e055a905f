import type { BufferPool } from '../memory/bufferPool.js';
import { ARRAY_TYPES, type NumericArray, type TensorData } from '../graph/tensorData.js';
import { BYTES_PER_ELEMENT } from '../onnx/dtype.js';
import { sizeOf } from '../onnx/shape.js';
import type { CompiledModel, InputPort, Port } from './compile.js';
import type { NativeSession, NativeTensors, Runtime, SessionOptions } from './runtime.js';

/** A compiled graph, ready to run on other values. */
export class Session {
  readonly #native: NativeSession;
  readonly #inputs: readonly InputPort[];
  readonly #outputs: readonly Port[];
  readonly #overwrites: readonly (readonly number[])[];

  constructor(runtime: Runtime, model: CompiledModel, options: SessionOptions) {
    const { buffer, byteOffset, byteLength } = model.bytes;
    this.#native = runtime.createSession();
    this.#native.loadModel(buffer, byteOffset, byteLength, options);
    this.#inputs = model.inputs;
    this.#outputs = model.outputs;
    this.#overwrites = model.overwrites;
  }

  /** Computes the outputs from the leaves, both in the order of the plan that was compiled. */
  run(leaves: readonly TensorData[], outputs: readonly TensorData[], pool: BufferPool): void {
    const feeds: NativeTensors = {};
    for (const port of this.#inputs)
      feeds[port.name] = nativeTensor(port, leafValues(leaves[port.leaf] as TensorData, port));
    const results = this.#outputs.map((port, i) => newArray(port, this.#deadBuffer(i, leaves) ?? pool));
    const fetches: NativeTensors = {};
    this.#outputs.forEach((port, i) => {
      fetches[port.name] = nativeTensor(port, results[i] as NumericArray);
    });
    this.#native.run(feeds, fetches, {});
    outputs.forEach((data, i) => data.resolve(results[i] as NumericArray));
  }

  /** That of a leaf where an output may be written and that nobody can read after this run. */
  #deadBuffer(output: number, leaves: readonly TensorData[]): ArrayBuffer | undefined {
    for (const position of this.#overwrites[output] as readonly number[]) {
      const data = leaves[(this.#inputs[position] as InputPort).leaf] as TensorData;
      const buffer = data.refCount <= 0 ? data.takeBuffer() : undefined;
      if (buffer !== undefined) return buffer;
    }
    return undefined;
  }

  dispose(): void {
    this.#native.dispose();
  }
}

function nativeTensor({ dtype, shape }: Port, data: NumericArray): NativeTensors[string] {
  return { location: 'cpu', type: dtype, dims: shape, data };
}

function leafValues(data: TensorData, { dtype }: Port): NumericArray {
  return data.fill === undefined ? data.typedValues() : ARRAY_TYPES[dtype].of(data.fill);
}

function newArray({ dtype, shape }: Port, memory: ArrayBuffer | BufferPool): NumericArray {
  const size = sizeOf(shape);
  const buffer = memory instanceof ArrayBuffer ? memory : memory.take(size * BYTES_PER_ELEMENT[dtype]);
  return new ARRAY_TYPES[dtype](buffer, 0, size);
}
