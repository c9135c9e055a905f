import type { NodeProto } from '../model.js';
import type { GraphView } from './graphView.js';

/**
 * (x - mean) / sqrt(variance + ε) over the last axis, as `tf.moments` and what follows it record it, becomes one
 * LayerNormalization; the scale and the shift that follow go into it where nobody needs what comes before them.
 *
 * @param ones  makes the name of a constant vector of ones
 */
export function fuseLayerNorm(graph: GraphView, ones: (length: number) => string): void {
  for (const node of graph.nodes) {
    const found = node.op === 'ReduceMean' ? match(graph, node) : undefined;
    if (found === undefined) continue;
    const { x, normal, inverse, epsilon, nodes } = found;
    const length = graph.shape(x).at(-1) as number;
    const affine = graph.isInternal(inverse, nodes) ? affineOf(graph, normal, length) : undefined;
    const attributes = { axis: -1, epsilon: { float: epsilon } };
    const base = { name: node.name, op: 'LayerNormalization', domain: '', attributes } as const;
    if (affine === undefined) {
      const outputs = [normal, node.outputs[0] as string, inverse];
      graph.replace(nodes, { ...base, inputs: [x, ones(length)], outputs }, 'first');
    } else {
      const { scale, shift, result } = affine;
      graph.replace([...nodes, ...affine.nodes], { ...base, inputs: [x, scale, shift], outputs: [result] });
    }
  }
}

interface Match {
  readonly x: string;
  readonly normal: string;
  readonly inverse: string;
  readonly epsilon: number;
  readonly nodes: readonly NodeProto[];
}

function match(graph: GraphView, mean: NodeProto): Match | undefined {
  const [x, axes] = mean.inputs as [string, string];
  const rank = graph.shape(x).length;
  const last = graph.integers(axes);
  if (mean.attributes['keepdims'] !== 1 || last?.length !== 1 || last[0] !== rank - 1) return undefined;
  const centred = graph.onlyReader(mean.outputs[0], 'Sub');
  if (centred?.inputs[0] !== x) return undefined;
  const difference = centred.outputs[0] as string;
  const square = graph.readers(difference).find(({ op, inputs }) => op === 'Mul' && inputs[0] === inputs[1]);
  const variance = graph.onlyReader(square?.outputs[0], 'ReduceMean');
  const sum = graph.onlyReader(variance?.outputs[0], 'Add');
  const epsilon = graph.number(sum?.inputs[1]);
  const root = graph.onlyReader(sum?.outputs[0], 'Sqrt');
  const inverse = graph.onlyReader(root?.outputs[0], 'Reciprocal');
  if (square === undefined || variance?.inputs[1] !== axes || inverse === undefined) return undefined;
  const reciprocal = inverse.outputs[0] as string;
  const normal = graph
    .readers(difference)
    .find((reader) => reader !== square && reader.op === 'Mul' && reader.inputs.includes(reciprocal));
  if (normal === undefined || epsilon === undefined || sum === undefined || root === undefined)
    return undefined;
  if (!graph.isInternal(difference, [square, normal])) return undefined;
  const nodes = [mean, centred, square, variance, sum, root, inverse, normal];
  return { x, normal: normal.outputs[0] as string, inverse: reciprocal, epsilon, nodes };
}

/** The scale and shift by vectors that alone read a value. */
function affineOf(graph: GraphView, normal: string, length: number) {
  const product = graph.onlyReader(normal, 'Mul');
  const sum = graph.onlyReader(product?.outputs[0], 'Add');
  if (product === undefined || sum === undefined) return undefined;
  const scale = otherInput(product, normal);
  const shift = otherInput(sum, product.outputs[0] as string);
  const areVectors = [scale, shift].every((name) => {
    const shape = graph.shape(name);
    return shape.length === 1 && shape[0] === length;
  });
  return areVectors ? { scale, shift, result: sum.outputs[0] as string, nodes: [product, sum] } : undefined;
}

function otherInput({ inputs: [a, b] }: NodeProto, name: string): string {
  return (a === name ? b : a) as string;
}
