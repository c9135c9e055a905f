import { GraphBuilder } from '../onnx/graphBuilder.js';
import type { Value } from '../onnx/value.js';
import type { NumericDtype } from '../onnx/dtype.js';
import { encodeModel, type NodeProto } from '../onnx/model.js';
import type { NodeWriter } from '../onnx/nodeWriter.js';
import { fuseBias, fuseGelu, fuseLayerNorm, GraphView } from '../onnx/rewrites/index.js';
import { sizeOf } from '../onnx/shape.js';
import type { GraphNode, Plan } from '../graph/plan.js';
import type { TensorSpec } from '../graph/operation.js';
import type { TensorData } from '../graph/tensorData.js';

/** A tensor that comes out of a session. */
export interface Port extends TensorSpec {
  readonly name: string;
}

/** One that goes into it. */
export interface InputPort extends Port {
  /** Position among the plan's leaves. */
  readonly leaf: number;
}

/** A leaf whose number is written into the model. */
export interface BakedLeaf {
  readonly leaf: number;
  readonly value: number;
}

export interface CompiledModel {
  readonly bytes: Uint8Array;
  readonly inputs: readonly InputPort[];
  readonly outputs: readonly Port[];
  readonly baked: readonly BakedLeaf[];
}

/**
 * Turns a plan into a serialised ONNX model. Leaves that are one number become constants, which ONNX Runtime folds and
 * fuses, unless they are known to vary.
 *
 * @param varying  positions of such leaves
 */
export function compileModel(plan: Plan, varying: ReadonlySet<number>): CompiledModel {
  const compiler = new Compiler(plan, varying);
  plan.nodes.forEach((node, position) => compiler.emit(node, position));
  const { inputs, baked } = compiler;
  const { writer } = compiler.graph;
  const outputs = compiler.nameOutputs();
  const nodes = rewrite(writer, inputs, outputs);
  const bytes = encodeModel({ nodes, constants: writer.constants, inputs, outputs });
  return { bytes, inputs, outputs, baked };
}

/** Replaces groups of nodes by single ones that ONNX Runtime has. */
function rewrite(writer: NodeWriter, inputs: readonly Port[], outputs: readonly Port[]): NodeProto[] {
  const view = new GraphView(writer.nodes, writer.constants, [...inputs, ...writer.values], outputs);
  fuseLayerNorm(view, (length) => {
    const ones = new Array<number>(length).fill(1);
    return writer.constant(ones, [length], 'float32').name;
  });
  fuseGelu(view);
  fuseBias(view);
  return view.nodes;
}

class Compiler {
  readonly graph = new GraphBuilder();
  readonly inputs: InputPort[] = [];
  readonly baked: BakedLeaf[] = [];
  readonly #plan: Plan;
  readonly #varying: ReadonlySet<number>;
  readonly #leaves: ReadonlyMap<TensorData, number>;
  readonly #values = new Map<TensorData, Value>();

  constructor(plan: Plan, varying: ReadonlySet<number>) {
    this.#plan = plan;
    this.#varying = varying;
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
    const isFilled = data.fill !== undefined;
    const storedShape = isFilled ? [] : shape;
    if (sizeOf(storedShape) === 1 && !this.#varying.has(leaf)) {
      const value = soleNumber(data);
      this.baked.push({ leaf, value });
      return this.graph.broadcast(this.graph.scalar(value, dtype, storedShape), shape);
    }
    const port = { name: `x${this.inputs.length}`, shape: storedShape, dtype, leaf };
    this.inputs.push(port);
    return this.graph.broadcast(port, shape);
  }
}

/** The number of a leaf that is one number, or filled with one. */
export function soleNumber(data: TensorData): number {
  return data.fill ?? (data.typedValues()[0] as number);
}
