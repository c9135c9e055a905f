import { CHANNELS_LAST, type GraphBuilder } from './graphBuilder.js';
import { BLOCKED_DOMAIN } from './model.js';
import { sameShape } from './shape.js';
import { isTransposed, type Value } from './value.js';

/**
 * An image in blocks of channels, [n, channels / block, height, width, block], which ONNX Runtime takes for
 * [n, channels, height, width].
 *
 * @param x  [n, height, width, channels], of whole blocks of channels
 */
export function toBlocks(graph: GraphBuilder, x: Value): Value {
  const [n = 0, height = 0, width = 0, channels = 0] = x.shape;
  const isFirst = isTransposed(x) && sameShape(x.deferred.perm, CHANNELS_LAST);
  const source = isFirst ? x.deferred.source : x;
  return graph.node('ReorderInput', [source], [n, channels, height, width], {
    domain: BLOCKED_DOMAIN,
    attributes: { channels_last: isFirst ? 0 : 1 },
  });
}

/** The [n, height, width, channels] of an image in blocks. */
export function fromBlocks(graph: GraphBuilder, x: Value): Value {
  const [n = 0, channels = 0, height = 0, width = 0] = x.shape;
  return graph.node('ReorderOutput', [x], [n, height, width, channels], {
    domain: BLOCKED_DOMAIN,
    attributes: { channels, channels_last: 1 },
  });
}
