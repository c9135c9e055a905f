import type { GraphView } from './graphView.js';

/** Takes out the nodes whose results nobody reads any more. */
export function removeUnread(graph: GraphView): void {
  for (const node of graph.nodes.reverse())
    if (node.outputs.every((output) => graph.isInternal(output, []))) graph.remove(node);
}
