import type { TensorSpec } from '../graph/operation.js';
import type { GraphNode, Plan } from '../graph/plan.js';

/**
 * Runs a step of the runtime; an error leaves with the name of the TensorFlow.js kernel and its operands, which the
 * runtime knows only as a node of the graph.
 */
export function namingKernel<Result>(plan: Plan, step: () => Result): Result {
  try {
    return step();
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    throw new Error(`onnxruntime backend: ${describe(plan, message)} failed: ${message}`, { cause: error });
  }
}

function describe(plan: Plan, message: string): string {
  const position = /\b[A-Za-z_]\w*_(\d+)_\d+\b/.exec(message)?.[1];
  const node = position === undefined ? undefined : plan.nodes[Number(position)];
  return node === undefined ? `a graph of ${plan.nodes.length} kernels` : describeKernel(node);
}

function describeKernel({ operation }: GraphNode): string {
  return `TensorFlow.js kernel ${operation.kernel}(${operation.inputs.map(describeTensor).join(', ')})`;
}

function describeTensor({ dtype, shape }: TensorSpec): string {
  return `${dtype}[${shape.join(', ')}]`;
}
