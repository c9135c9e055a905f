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
 *
 * @param unread  whether to compute, all the same, what was disposed of unread
 */
export function planGraph(recorded: readonly GraphNode[], unread = false): Plan {
  const { nodes, wanted } = neededNodes(recorded, unread);
  try {
    return numberValues(nodes, (output) => output.refCount > 0 || (unread && !wanted.has(output)));
  } finally {
    for (const { inputs, outputs } of nodes) for (const data of [...inputs, ...outputs]) data.index = -1;
  }
}

function numberValues(nodes: readonly GraphNode[], isOutput: (data: TensorData) => boolean): Plan {
  const leaves: TensorData[] = [];
  const outputs: TensorData[] = [];
  const outputIndices: number[] = [];
  const signature: number[] = [];
  let produced = 0;
  for (const node of nodes) {
    signature.push(node.operation.id);
    for (const input of node.inputs) {
      if (input.index < 0) {
        if (input.pending)
          throw new Error(
            `onnxruntime backend: ${node.operation.kernel} reads a tensor that a graph did not compute because it failed earlier.`,
          );
        input.index = leaves.length;
        leaves.push(input);
      }
      signature.push(input.pending ? input.index : leafReference(input));
    }
    for (const output of node.outputs) {
      output.index = produced++;
      if (isOutput(output)) {
        outputs.push(output);
        outputIndices.push(output.index);
      }
    }
  }
  for (const index of outputIndices) signature.push(index);
  return { nodes, leaves, outputs, outputIndices, signature: Int32Array.from(signature) };
}

/** Below zero; a leaf that one number fills makes other nodes than one with values of its own. */
function leafReference({ index, fill }: TensorData): number {
  return ~(2 * index + (fill === undefined ? 0 : 1));
}

/** In their order, with the values that others of them read. */
function neededNodes(
  recorded: readonly GraphNode[],
  unread: boolean,
): { nodes: GraphNode[]; wanted: ReadonlySet<TensorData> } {
  const nodes: GraphNode[] = [];
  const wanted = new Set<TensorData>();
  for (let i = recorded.length - 1; i >= 0; i--) {
    const node = recorded[i] as GraphNode;
    if (!unread && !node.outputs.some((output) => output.refCount > 0 || wanted.has(output))) continue;
    for (const input of node.inputs) if (input.pending) wanted.add(input);
    nodes.push(node);
  }
  return { nodes: nodes.reverse(), wanted };
}
