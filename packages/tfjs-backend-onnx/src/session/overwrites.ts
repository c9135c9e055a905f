import type { NodeProto } from '../onnx/model.js';
import type { GraphView } from '../onnx/rewrites/index.js';
import { sameShape, sizeOf } from '../onnx/shape.js';

interface Named {
  readonly name: string;
  readonly shape: readonly number[];
  readonly dtype: string;
}

/** Nodes that need an element of their operands no more once they have written the same element of their result. */
const ELEMENTWISE = ['Add', 'Sub', 'Mul', 'Div', 'Sqrt'];

/** Nodes whose result may be their operand's own memory: views, and what ONNX Runtime leaves out where it changes nothing. */
const VIEWS = ['Reshape', 'Identity', 'Transpose', 'Slice', 'Pad', 'Expand', 'Cast', 'Concat'];

/** Nodes so far from each other are not fused into one where ONNX Runtime keeps all bits; its other fusions reach further. */
const FAR = 5;

/** Elements below which memory is not worth the search. */
const MIN_SIZE = 2 ** 14;

/**
 * For each output, the inputs in whose place it may be written, once nobody else can read them: all nodes that read such
 * an input have run before the output is written, or read it element by element on the way to that output. So an
 * optimiser's new parameters and averages need no memory beside the old ones, and new gradients none beside those that
 * the parameters have taken in.
 *
 * For sessions of the precision `exact` alone.
 */
export function findOverwrites(
  graph: GraphView,
  inputs: readonly Named[],
  outputs: readonly Named[],
): number[][] {
  const claimed = new Set<number>();
  const found = outputs.map((output) => {
    if (sizeOf(output.shape) < MIN_SIZE) return [];
    const way = elementwiseWay(graph, output);
    const isPassed = (name: string): boolean =>
      readersOf(graph, name).every((reader) => way.includes(reader));
    const operands = new Set(way.flatMap((node) => node.inputs));
    const position = inputs.findIndex(
      (input, i) =>
        !claimed.has(i) && operands.has(input.name) && isAlike(input, output) && isPassed(input.name),
    );
    if (position >= 0) claimed.add(position);
    return position >= 0 ? [position] : [];
  });
  return found.map((nearest, i) => {
    const output = outputs[i] as Named;
    if (nearest.length > 0 || sizeOf(output.shape) < MIN_SIZE) return nearest;
    const candidates = inputs
      .map((_, position) => position)
      .filter((position) => !claimed.has(position) && isAlike(inputs[position] as Named, output));
    if (candidates.length === 0) return nearest;
    const distances = distancesTo(graph, output);
    const isFar = (reader: NodeProto): boolean => (distances.get(reader) ?? 0) >= FAR;
    return candidates.filter((position) => readersOf(graph, (inputs[position] as Named).name).every(isFar));
  });
}

/** The nodes that may read the memory of a value. */
function readersOf(graph: GraphView, name: string): NodeProto[] {
  const found: NodeProto[] = [];
  const views = [name];
  for (const view of views)
    for (const reader of graph.readers(view)) {
      if (found.includes(reader)) continue;
      found.push(reader);
      if (mayBeView(graph, reader)) views.push(...reader.outputs);
    }
  return found;
}

function mayBeView(graph: GraphView, { op, inputs }: NodeProto): boolean {
  const neutral = op === 'Mul' || op === 'Div' ? 1 : 0;
  const changesNothing = ELEMENTWISE.includes(op) && inputs.some((input) => graph.number(input) === neutral);
  return VIEWS.includes(op) || changesNothing;
}

function isAlike(input: Named, output: Named): boolean {
  return input.dtype === output.dtype && sameShape(input.shape, output.shape);
}

/** The nodes that lead to an output and have its shape, as far as all of them are elementwise. */
function elementwiseWay(graph: GraphView, { name, shape }: Named): NodeProto[] {
  const way: NodeProto[] = [];
  const pending = [name];
  for (const value of pending) {
    const node = graph.producer(value);
    if (node === undefined || !ELEMENTWISE.includes(node.op) || way.includes(node)) continue;
    if (!sameShape(graph.shape(value), shape)) continue;
    way.push(node);
    pending.push(...node.inputs);
  }
  return way;
}

/**
 * How many nodes lie, at least, between an output and each node on which it depends; 0 for the one that makes it. Those
 * that ONNX Runtime may leave out do not count.
 */
function distancesTo(graph: GraphView, { name }: Named): ReadonlyMap<NodeProto, number> {
  const distances = new Map<NodeProto, number>();
  let near = [name];
  for (let distance = 0; near.length > 0; distance++) {
    const next: string[] = [];
    for (const value of near) {
      const node = graph.producer(value);
      if (node === undefined || distances.has(node)) continue;
      distances.set(node, distance);
      (mayBeView(graph, node) ? near : next).push(...node.inputs);
    }
    near = next;
  }
  return distances;
}
