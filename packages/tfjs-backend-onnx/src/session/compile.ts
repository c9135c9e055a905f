import { GraphBuilder } from '../onnx/graphBuilder.js';
import type { Value } from '../onnx/value.js';
import type { NumericDtype } from '../onnx/dtype.js';
import { encodeModel } from '../onnx/model.js';
import type { NodeWriter } from '../onnx/nodeWriter.js';
import { fuseBias, fuseGelu, fuseLayerNorm, GraphView, removeUnread } from '../onnx/rewrites/index.js';
import { sizeOf } from '../onnx/shape.js';
import type { GraphNode, Plan } from '../graph/plan.js';
import type { TensorSpec } from '../graph/operation.js';
import type { TensorData } from '../graph/tensorData.js';
import { findOverwrites } from './overwrites.js';
import type { Precision } from './sessionOptions.js';

/** A tensor that comes out of a session. */
export interface Port extends TensorSpec {
  readonly name: string;
}

/** One that goes into it. */
export interface InputPort extends Port {
  /** Position among the plan's leaves. */
  readonly leaf: number;
}

/** A leaf that is written into the model. */
export interface BakedLeaf {
  readonly leaf: number;
  /** Whether another run's leaf is the same. */
  readonly holds: (data: TensorData) => boolean;
}

export interface Constancy {
  /** Positions of leaves of one number that are known to vary. */
  readonly varying: ReadonlySet<number>;
  /** Positions of parameters that are known not to. */
  readonly weights: ReadonlySet<number>;
}

/** What a graph is compiled for. */
export interface Target {
  readonly precision: Precision;
  /** Channels in a block of ONNX Runtime's blocked layout, for filters that are no constants; 0 to leave it to ONNX Runtime. */
  readonly channelBlock: number;
}

/** Larger vectors are not worth a copy in the model. */
const MAX_BAKED_VECTOR = 4096;

export interface CompiledModel {
  readonly bytes: Uint8Array;
  readonly inputs: readonly InputPort[];
  readonly outputs: readonly Port[];
  readonly baked: readonly BakedLeaf[];
  /** For each output, the inputs in whose place it may be written. */
  readonly overwrites: readonly (readonly number[])[];
}

/**
 * Turns a plan into a serialised ONNX model. Leaves that are one number become constants, which ONNX Runtime folds and
 * fuses, and so do the filters and vectors of a network that is not trained, whose convolutions ONNX Runtime then brings
 * into the layout of the processor's registers.
 */
export function compileModel(
  plan: Plan,
  constancy: Constancy,
  { precision, channelBlock }: Target,
): CompiledModel {
  const compiler = new Compiler(plan, constancy, channelBlock);
  plan.nodes.forEach((node, position) => compiler.emit(node, position));
  const { inputs, baked } = compiler;
  const { writer } = compiler.graph;
  const outputs = compiler.nameOutputs();
  const view = rewrite(writer, inputs, outputs);
  const bytes = encodeModel({ nodes: view.nodes, constants: writer.constants, inputs, outputs });
  const overwrites = precision === 'exact' ? findOverwrites(view, inputs, outputs) : outputs.map(() => []);
  return { bytes, inputs, outputs, baked, overwrites };
}

/** Replaces groups of nodes by single ones that ONNX Runtime has. */
function rewrite(writer: NodeWriter, inputs: readonly Port[], outputs: readonly Port[]): GraphView {
  const view = new GraphView(writer.nodes, writer.constants, [...inputs, ...writer.values], outputs);
  fuseLayerNorm(view, (length) => {
    const ones = new Array<number>(length).fill(1);
    return writer.constant(ones, [length], 'float32').name;
  });
  fuseGelu(view);
  fuseBias(view);
  removeUnread(view);
  return view;
}

class Compiler {
  readonly graph: GraphBuilder;
  readonly inputs: InputPort[] = [];
  readonly baked: BakedLeaf[] = [];
  readonly #plan: Plan;
  readonly #constancy: Constancy;
  readonly #leaves: ReadonlyMap<TensorData, number>;
  readonly #values = new Map<TensorData, Value>();

  constructor(plan: Plan, constancy: Constancy, channelBlock: number) {
    this.graph = new GraphBuilder(channelBlock);
    this.#plan = plan;
    this.#constancy = constancy;
    this.#leaves = new Map(plan.leaves.map((data, position) => [data, position]));
  }

  emit({ operation, inputs, outputs }: GraphNode, position: number): void {
    this.graph.writer.startKernel(operation.kernel, position);
    const operands = inputs.map((data, i) => {
      const spec = operation.inputs[i] as TensorSpec;
      return this.graph.reshape(this.#valueOf(data, spec), spec.shape);
    });
    const emitted = operation.emit(this.graph, operands);
    const results = Array.isArray(emitted) ? (emitted as readonly Value[]) : [emitted as Value];
    outputs.forEach((data, i) => this.#values.set(data, results[i] as Value));
  }

  /** Every output needs a name of its own that is not an input's. */
  nameOutputs(): Port[] {
    const taken = new Set<string>(this.inputs.map(({ name }) => name));
    for (const { name } of this.graph.writer.constants) taken.add(name);
    return this.#plan.outputs.map((data) => {
      const value = this.graph.made(this.#values.get(data) as Value);
      const { shape, dtype } = value;
      const name = taken.has(value.name) ? this.graph.writer.copy(value).name : value.name;
      taken.add(name);
      return { name, shape, dtype: dtype as NumericDtype };
    });
  }

  #valueOf(data: TensorData, spec: TensorSpec): Value {
    let value = this.#values.get(data);
    if (value === undefined) {
      value = this.#leafValue(data, spec);
      this.#values.set(data, value);
    }
    return value;
  }

  #leafValue(data: TensorData, { shape, dtype }: TensorSpec): Value {
    const leaf = this.#leaves.get(data) as number;
    const storedShape = data.fill === undefined ? shape : [];
    const { varying, weights } = this.#constancy;
    if (sizeOf(storedShape) === 1 && !varying.has(leaf)) {
      const value = soleNumber(data);
      this.baked.push({ leaf, holds: (other) => Object.is(soleNumber(other), value) });
      return this.graph.broadcast(this.graph.scalar(value, dtype, storedShape), shape);
    }
    if (weights.has(leaf) && isWorthBaking(shape) && !varying.has(leaf)) {
      const { id } = data;
      this.baked.push({ leaf, holds: (other) => other.id === id });
      return this.graph.writer.weights(data.typedValues(), shape, dtype);
    }
    const port = { name: `x${this.inputs.length}`, shape: storedShape, dtype, leaf };
    this.inputs.push(port);
    return this.graph.broadcast(port, shape);
  }
}

function isWorthBaking(shape: readonly number[]): boolean {
  return shape.length === 4 || sizeOf(shape) <= MAX_BAKED_VECTOR;
}

/** The number of a leaf that is one number, or filled with one. */
function soleNumber(data: TensorData): number {
  return data.fill ?? (data.typedValues()[0] as number);
}
