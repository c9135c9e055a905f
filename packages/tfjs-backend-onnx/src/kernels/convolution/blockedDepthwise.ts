/**
 * Depthwise convolutions on blocks of channels. ONNX Runtime's ordinary convolution computes them channel by channel; on
 * blocks it is several times faster, and so are the gradients, put as such convolutions.
 */
import { fromBlocks, toBlocks } from '../../onnx/blocks.js';
import type { GraphBuilder } from '../../onnx/graphBuilder.js';
import { BLOCKED_DOMAIN, type Attributes } from '../../onnx/model.js';
import type { Value } from '../../onnx/value.js';
import {
  convPads,
  inShapeFirst,
  outShapeFirst,
  reversedPads,
  windowAttributes,
  type ConvInfo,
} from './shape.js';

/** Whether the channels are whole blocks, each with one filter. */
export function fitsBlocks({ channelBlock }: GraphBuilder, info: ConvInfo): boolean {
  return (
    channelBlock > 0 &&
    info.dataFormat === 'channelsLast' &&
    info.inChannels === info.outChannels &&
    info.inChannels % channelBlock === 0
  );
}

/** @param filter  [height, width, channels, 1] */
export function emitBlockedDepthwise(graph: GraphBuilder, x: Value, filter: Value, info: ConvInfo): Value {
  const attributes = { ...windowAttributes(info), group: info.inChannels };
  const inputs = [toBlocks(graph, x), blockedFilter(graph, filter)];
  return fromBlocks(graph, convolve(graph, inputs, outShapeFirst(info), attributes));
}

/** The gradient by the input, for windows whose reversed pads are not negative: `filter` is reversed. */
export function emitBlockedInputGradient(
  graph: GraphBuilder,
  dy: Value,
  filter: Value,
  info: ConvInfo,
): Value {
  const attributes = {
    ...windowAttributes(info),
    strides: [1, 1],
    pads: reversedPads(info),
    group: info.inChannels,
  };
  const inputs = [toBlocks(graph, spaced(graph, dy, info)), blockedFilter(graph, filter)];
  return fromBlocks(graph, convolve(graph, inputs, inShapeFirst(info), attributes));
}

/**
 * The gradient by the filter, [height, width, channels, 1]: each channel of each image is convolved with its own
 * gradient, which already lies as the filter of a single image of n * channels would.
 */
export function emitBlockedFilterGradient(graph: GraphBuilder, x: Value, dy: Value, info: ConvInfo): Value {
  const { batchSize, inChannels, inHeight, inWidth, outHeight, outWidth, filterHeight, filterWidth } = info;
  const groups = batchSize * inChannels;
  const image = graph.reshape(toBlocks(graph, x), [1, groups, inHeight, inWidth]);
  const filter = graph.reshape(toBlocks(graph, dy), [groups, 1, outHeight, outWidth]);
  const [top, left, bottom, right] = convPads(info);
  const height = inHeight + top + bottom - (outHeight - 1) * info.strideHeight;
  const width = inWidth + left + right - (outWidth - 1) * info.strideWidth;
  const places = convolve(graph, [image, filter], [1, groups, height, width], {
    kernel_shape: [outHeight, outWidth],
    dilations: [info.strideHeight, info.strideWidth],
    pads: [top, left, bottom, right],
    group: groups,
  });
  const block = graph.channelBlock;
  const byImage = graph.reshape(places, [batchSize, inChannels / block, height, width, block]);
  const sum = graph.reduce('ReduceSum', byImage, [0], false);
  const reached = graph.slice(sum, [0, 0, 0, 0], [inChannels / block, filterHeight, filterWidth, block]);
  return graph.reshape(graph.transpose(reached, [1, 2, 0, 3]), info.filterShape);
}

function convolve(graph: GraphBuilder, inputs: Value[], shape: number[], attributes: Attributes): Value {
  return graph.node('Conv', inputs, shape, { domain: BLOCKED_DOMAIN, attributes });
}

/** [height, width, channels, 1] to [channels / block, height, width, block], named [channels, 1, height, width]. */
function blockedFilter(graph: GraphBuilder, filter: Value): Value {
  const [height = 0, width = 0, channels = 0] = filter.shape;
  const block = graph.channelBlock;
  const split = graph.reshape(filter, [height, width, channels / block, block]);
  return graph.reshape(graph.transpose(split, [2, 0, 1, 3]), [channels, 1, height, width]);
}

/** The gradient with zeros between its pixels, and after each, as many as the stride skips. */
function spaced(graph: GraphBuilder, dy: Value, { strideHeight, strideWidth }: ConvInfo): Value {
  const [n = 0, height = 0, width = 0, channels = 0] = dy.shape;
  const apart = graph.reshape(dy, [n, height, 1, width, 1, channels]);
  const none = [0, 0] as const;
  const pads = [none, none, [0, strideHeight - 1], none, [0, strideWidth - 1], none] as const;
  return graph.reshape(graph.pad(apart, pads, 0), [n, height * strideHeight, width * strideWidth, channels]);
}
