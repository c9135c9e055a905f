import type { NodeProto } from '../model.js';
import type { GraphView } from './graphView.js';

/** A matrix product or convolution to whose result alone a vector of channels is added takes the vector in itself. */
export function fuseBias(graph: GraphView): void {
  for (const node of graph.nodes) {
    if ((node.op !== 'Gemm' && node.op !== 'Conv') || node.inputs.length > 2) continue;
    const [output] = node.outputs;
    const add = graph.onlyReader(output, 'Add');
    if (add === undefined) continue;
    const bias = biasOf(graph, node, add.inputs[0] === output ? add.inputs[1] : add.inputs[0]);
    if (bias === undefined) continue;
    graph.replace([node, add], { ...node, inputs: [...node.inputs, bias], outputs: add.outputs });
  }
}

/** The vector that an operand is, seen along the channels of the result. */
function biasOf(graph: GraphView, node: NodeProto, operand: string | undefined): string | undefined {
  const result = graph.shape(node.outputs[0]);
  const shape = graph.shape(operand);
  if (node.op === 'Gemm') return shape.length === 1 && shape[0] === result[1] ? operand : undefined;
  const vector = graph.producer(operand, 'Reshape')?.inputs[0];
  const isVector = graph.shape(vector).length === 1 && graph.shape(vector)[0] === result[1];
  return isVector && shape.length === 4 && shape[1] === result[1] ? vector : undefined;
}
