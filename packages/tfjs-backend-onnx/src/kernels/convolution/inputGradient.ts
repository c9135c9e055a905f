import type { GraphBuilder } from '../../onnx/graphBuilder.js';
import { isTransposed, type Value } from '../../onnx/value.js';
import { emitBlockedInputGradient, fitsBlocks } from './blockedDepthwise.js';
import { emitInputGradientByTaps, isHeavy } from './byTaps.js';
import { depthwiseWeights } from './forward.js';
import {
  fromChannelsFirst,
  inShapeFirst,
  reversedPads,
  toChannelsFirst,
  unreached,
  windowAttributes,
  type ConvInfo,
} from './shape.js';
import { filterSize, imageOfRows, pixelCount, tilesImage } from './windows.js';

/** The gradient by the input of a convolution with `filter`, [height, width, in, out]. */
export function emitInputGradient(graph: GraphBuilder, dy: Value, filter: Value, info: ConvInfo): Value {
  if (tilesImage(info) && !isTransposed(dy)) {
    const rows = graph.reshape(dy, [pixelCount(info), info.outChannels]);
    const weights = graph.reshape(filter, [filterSize(info), info.outChannels]);
    const shape = [pixelCount(info), filterSize(info)];
    return imageOfRows(
      graph,
      graph.node('Gemm', [rows, weights], shape, { attributes: { transB: 1 } }),
      info,
    );
  }
  if (isReversible(info) && !isStrided(info)) {
    if (filter.baked !== true && isHeavy(info)) return emitInputGradientByTaps(graph, dy, filter, info);
    const turned = graph.transpose(reversed(graph, filter, info), [2, 3, 0, 1]);
    return emitReversed(graph, dy, turned, info, 1);
  }
  return emitTransposed(graph, dy, graph.transpose(filter, [3, 2, 0, 1]), info, 1);
}

/** Likewise of a depthwise convolution, with `filter` [height, width, channels, multiplier]. */
export function emitDepthwiseInputGradient(
  graph: GraphBuilder,
  dy: Value,
  filter: Value,
  info: ConvInfo,
): Value {
  const groups = info.inChannels;
  if (isReversible(info) && fitsBlocks(graph, info))
    return emitBlockedInputGradient(graph, dy, reversed(graph, filter, info), info);
  if (isReversible(info) && !isStrided(info) && info.outChannels === info.inChannels)
    return emitReversed(
      graph,
      dy,
      depthwiseWeights(graph, reversed(graph, filter, info), info),
      info,
      groups,
    );
  return emitTransposed(graph, dy, depthwiseWeights(graph, filter, info), info, groups);
}

/** Whether the gradient is itself a convolution, with the filter from back to front. */
function isReversible(info: ConvInfo): boolean {
  return reversedPads(info).every((width) => width >= 0);
}

function isStrided({ strideHeight, strideWidth }: ConvInfo): boolean {
  return strideHeight * strideWidth > 1;
}

function reversed(graph: GraphBuilder, filter: Value, info: ConvInfo): Value {
  const places = info.filterHeight * info.filterWidth;
  if (places === 1) return filter;
  const flat = graph.reshape(filter, [places, ...filter.shape.slice(2)]);
  const bounds = [[-1], [-places - 1], [0], [-1]].map((values) => graph.integers(values));
  return graph.reshape(graph.node('Slice', [flat, ...bounds], flat.shape), filter.shape);
}

/** @param weights  [in, out / groups, height, width], already reversed */
function emitReversed(graph: GraphBuilder, dy: Value, weights: Value, info: ConvInfo, groups: number): Value {
  const attributes = { ...windowAttributes(info), pads: reversedPads(info), group: groups };
  const inputs = [toChannelsFirst(graph, dy, info), weights];
  return fromChannelsFirst(graph, graph.node('Conv', inputs, inShapeFirst(info), { attributes }), info);
}

/** @param weights  [out, in / groups, height, width] */
function emitTransposed(
  graph: GraphBuilder,
  dy: Value,
  weights: Value,
  info: ConvInfo,
  groups: number,
): Value {
  const attributes = { ...windowAttributes(info), output_padding: unreached(info), group: groups };
  const inputs = [toChannelsFirst(graph, dy, info), weights];
  return fromChannelsFirst(
    graph,
    graph.node('ConvTranspose', inputs, inShapeFirst(info), { attributes }),
    info,
  );
}
