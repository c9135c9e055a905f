import type { GraphBuilder } from '../../onnx/graphBuilder.js';
import { isTransposed, type Value } from '../../onnx/value.js';
import { emitBlockedDepthwise, fitsBlocks } from './blockedDepthwise.js';
import { emitByTaps, isHeavy } from './byTaps.js';
import {
  fromChannelsFirst,
  outShapeFirst,
  toChannelsFirst,
  windowAttributes,
  type ConvInfo,
} from './shape.js';
import { filterSize, pixelCount, tileRows, tilesImage } from './windows.js';

/**
 * The convolution of `x` with `filter`, [height, width, in, out]. Where the windows tile the image, as the patches of a
 * vision transformer and the pixels of a 1x1 convolution do, it is a matrix product in TensorFlow.js's own layout.
 */
export function emitConv(graph: GraphBuilder, x: Value, filter: Value, info: ConvInfo): Value {
  if (tilesImage(info) && !isTransposed(x)) {
    const weights = graph.reshape(filter, [filterSize(info), info.outChannels]);
    const product = graph.node(
      'Gemm',
      [tileRows(graph, x, info), weights],
      [pixelCount(info), info.outChannels],
    );
    return graph.reshape(product, info.outShape);
  }
  if (filter.baked !== true && isHeavy(info)) return emitByTaps(graph, x, filter, info);
  const weights = graph.transpose(filter, [3, 2, 0, 1]);
  const result = graph.node('Conv', [toChannelsFirst(graph, x, info), weights], outShapeFirst(info), {
    attributes: windowAttributes(info),
  });
  return fromChannelsFirst(graph, result, info);
}

/** [height, width, channels, multiplier] to ONNX's [channels * multiplier, 1, height, width]. */
export function depthwiseWeights(graph: GraphBuilder, filter: Value, info: ConvInfo): Value {
  const shape = [info.outChannels, 1, info.filterHeight, info.filterWidth];
  return graph.reshape(graph.transpose(filter, [2, 3, 0, 1]), shape);
}

export function emitDepthwise(graph: GraphBuilder, x: Value, filter: Value, info: ConvInfo): Value {
  if (fitsBlocks(graph, info)) return emitBlockedDepthwise(graph, x, filter, info);
  const weights = depthwiseWeights(graph, filter, info);
  const result = graph.node('Conv', [toChannelsFirst(graph, x, info), weights], outShapeFirst(info), {
    attributes: { ...windowAttributes(info), group: info.inChannels },
  });
  return fromChannelsFirst(graph, result, info);
}
