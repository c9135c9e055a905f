import { GraphBuilder, type Value } from '../onnx/graphBuilder.js';
import type { NumericDtype } from '../onnx/dtype.js';
import { encodeModel, type ModelProto } from '../onnx/model.js';
import type { GraphNode, Plan } from '../graph/plan.js';
import type { TensorSpec } from '../graph/operation.js';
import type { TensorData } from '../graph/tensorData.js';

/** A tensor that goes into or comes out of a session. */
export interface Port extends TensorSpec {
  readonly name: string;
}

export interface CompiledModel {
  readonly bytes: Uint8Array;
  readonly inputs: readonly Port[];
  readonly outputs: readonly Port[];
}

/** Turns a plan into a serialised ONNX model. */
export function compileModel(plan: Plan): CompiledModel {
  const graph = new GraphBuilder();
  const values = new Map<TensorData, Value>();
  const inputs: Port[] = [];
  const inputOf = (data: TensorData, spec: TensorSpec): Value => {
    let value = values.get(data);
    if (value === undefined) {
      const port = { ...spec, name: `x${inputs.length}` };
      inputs.push(port);
      value = port;
      values.set(data, value);
    }
    return value;
  };
  plan.nodes.forEach((node, position) => emitNode(graph, node, position, inputOf, values));
  const outputs = nameOutputs(graph, plan, values);
  const model: ModelProto = { nodes: graph.nodes, constants: graph.constants, inputs, outputs };
  return { bytes: encodeModel(model), inputs, outputs };
}

function emitNode(
  graph: GraphBuilder,
  { operation, inputs, outputs }: GraphNode,
  position: number,
  inputOf: (data: TensorData, spec: TensorSpec) => Value,
  values: Map<TensorData, Value>,
): void {
  graph.startKernel(operation.kernel, position);
  const operands = inputs.map((data, i) => {
    const spec = operation.inputs[i] as TensorSpec;
    return graph.reshape(inputOf(data, spec), spec.shape);
  });
  const emitted = operation.emit(graph, operands);
  const results = Array.isArray(emitted) ? (emitted as readonly Value[]) : [emitted as Value];
  outputs.forEach((data, i) => values.set(data, results[i] as Value));
}

/** Every output needs a name of its own that is not an input's. */
function nameOutputs(graph: GraphBuilder, plan: Plan, values: Map<TensorData, Value>): Port[] {
  const taken = new Set<string>();
  return plan.outputs.map((data) => {
    let value = values.get(data) as Value;
    if (taken.has(value.name) || !value.name.startsWith('v')) {
      graph.startKernel('Identity', plan.nodes.length);
      value = graph.node('Identity', [value], value.shape);
    }
    taken.add(value.name);
    return { name: value.name, shape: value.shape, dtype: value.dtype as NumericDtype };
  });
}
