import type { Operation } from './operation.js';
import type { TensorData } from './tensorData.js';

/** One recorded kernel call. */
export interface GraphNode {
  readonly operation: Operation;
  readonly inputs: readonly TensorData[];
  readonly outputs: readonly TensorData[];
}

/** What of the pending graph has to be computed, with its values numbered. */
export interface Plan {
  /** In the order of recording, which is a topological order. */
  readonly nodes: readonly GraphNode[];
  /** Concrete inputs. */
  readonly leaves: readonly TensorData[];
  readonly outputs: readonly TensorData[];
  /** Position of each output among the values that the nodes make, in order. */
  readonly outputIndices: readonly number[];
  /** Equal for graphs of equal structure: operation ids, the numbers of their inputs, and the outputs. */
  readonly signature: Int32Array;
}

/**
 * Keeps the nodes on which a tensor that is still alive depends and numbers their values. Everything else was disposed
 * of before anyone read it and is never computed.
 */
export function planGraph(recorded: readonly GraphNode[]): Plan {
  const nodes = neededNodes(recorded);
  const leaves: TensorData[] = [];
  const outputs: TensorData[] = [];
  const outputIndices: number[] = [];
  const signature: number[] = [];
  let produced = 0;
  for (const node of nodes) {
    signature.push(node.operation.id);
    for (const input of node.inputs) {
      if (input.index < 0) {
        if (input.pending) throw new Error('a graph that failed earlier did not compute one of its inputs');
        input.index = leaves.length;
        leaves.push(input);
      }
      signature.push(input.pending ? input.index : leafReference(input));
    }
    for (const output of node.outputs) {
      output.index = produced++;
      if (output.refCount > 0) {
        outputs.push(output);
        outputIndices.push(output.index);
      }
    }
  }
  for (const index of outputIndices) signature.push(index);
  forgetIndices(nodes);
  return { nodes, leaves, outputs, outputIndices, signature: Int32Array.from(signature) };
}

/** Below zero; a leaf that one number fills makes other nodes than one with values of its own. */
function leafReference({ index, fill }: TensorData): number {
  return ~(2 * index + (fill === undefined ? 0 : 1));
}

function neededNodes(recorded: readonly GraphNode[]): GraphNode[] {
  const needed: GraphNode[] = [];
  const wanted = new Set<TensorData>();
  for (let i = recorded.length - 1; i >= 0; i--) {
    const node = recorded[i] as GraphNode;
    if (!node.outputs.some((output) => output.refCount > 0 || wanted.has(output))) continue;
    for (const input of node.inputs) if (input.pending) wanted.add(input);
    needed.push(node);
  }
  return needed.reverse();
}

function forgetIndices(nodes: readonly GraphNode[]): void {
  for (const { inputs, outputs } of nodes) {
    for (const input of inputs) input.index = -1;
    for (const output of outputs) output.index = -1;
  }
}
