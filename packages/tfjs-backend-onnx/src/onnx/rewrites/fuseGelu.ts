import type { NodeProto } from '../model.js';
import type { GraphView } from './graphView.js';

/**
 * Φ(x) = erf(x / √2) / 2 + 1/2: where x Φ(x) alone needs it, both become one Gelu; else the half and the shift of erf
 * become one HardSigmoid, which cuts off nothing of erf's range.
 */
export function fuseGelu(graph: GraphView): void {
  for (const erf of graph.nodes) {
    if (erf.op !== 'Erf') continue;
    const half = graph.onlyReader(erf.outputs[0], 'Mul');
    const shifted = graph.onlyReader(half?.outputs[0], 'Add');
    if (half === undefined || shifted === undefined) continue;
    if (!hasNumber(graph, half, 0.5) || !hasNumber(graph, shifted, 0.5)) continue;
    if (replaceByGelu(graph, erf, half, shifted)) continue;
    const attributes = { alpha: { float: 0.5 }, beta: { float: 0.5 } };
    const node = { ...half, op: 'HardSigmoid', inputs: erf.outputs, outputs: shifted.outputs, attributes };
    graph.replace([half, shifted], node);
  }
}

function replaceByGelu(graph: GraphView, erf: NodeProto, half: NodeProto, shifted: NodeProto): boolean {
  const scaled = graph.producer(erf.inputs[0], 'Mul');
  const product = graph.onlyReader(shifted.outputs[0], 'Mul');
  if (scaled === undefined || product === undefined || !hasNumber(graph, scaled, Math.SQRT1_2)) return false;
  const [x] = scaled.inputs;
  if (x === undefined || !product.inputs.includes(x) || !graph.isInternal(scaled.outputs[0], [erf]))
    return false;
  if (!graph.isInternal(erf.outputs[0], [half])) return false;
  const nodes = [scaled, erf, half, shifted, product];
  graph.replace(nodes, { ...product, op: 'Gelu', inputs: [x], attributes: {} });
  return true;
}

/** Whether the second operand is that number, in single precision. */
function hasNumber(graph: GraphView, { inputs }: NodeProto, value: number): boolean {
  return graph.number(inputs[1]) === Math.fround(value);
}
