import type { GraphBuilder } from '../../onnx/graphBuilder.js';
import type { Value } from '../../onnx/value.js';
import { emitBlockedFilterGradient, fitsBlocks } from './blockedDepthwise.js';
import { convPads, toChannelsFirst, type ConvInfo } from './shape.js';
import { pixelCount, tileRows, tilesImage, windowTaps } from './windows.js';

/** Above so many places a filter's gradient is cheaper as one convolution than as a matrix product for each place. */
const MAX_TAPS = 16;

/** The gradient by the filter: [height, width, in, out]. */
export function emitFilterGradient(graph: GraphBuilder, x: Value, dy: Value, info: ConvInfo): Value {
  const pixels = pixelCount(info);
  if (tilesImage(info)) {
    const right = graph.reshape(dy, [pixels, info.outChannels]);
    return graph.reshape(product(graph, tileRows(graph, x, info), right), info.filterShape);
  }
  if (info.filterHeight * info.filterWidth > MAX_TAPS) return asConvolution(graph, x, dy, info);
  const right = graph.reshape(dy, [pixels, info.outChannels]);
  // Brought to rows of channels once, not once for each tap.
  const taps = windowTaps(graph, graph.made(x), info).map((tap) =>
    product(graph, graph.reshape(tap, [pixels, info.inChannels]), right),
  );
  return graph.reshape(graph.concat(taps, 0), info.filterShape);
}

/** leftᵀ right */
function product(graph: GraphBuilder, left: Value, right: Value): Value {
  const shape = [left.shape[1] as number, right.shape[1] as number];
  return graph.node('Gemm', [left, right], shape, { attributes: { transA: 1 } });
}

/** Convolves the images with the gradients as filters; images and channels change places. */
function asConvolution(graph: GraphBuilder, x: Value, dy: Value, info: ConvInfo): Value {
  const swap = [1, 0, 2, 3];
  const images = graph.transpose(toChannelsFirst(graph, x, info), swap);
  const filters = graph.transpose(toChannelsFirst(graph, dy, info), swap);
  return graph.transpose(convolve(graph, images, filters, info, 1), [2, 3, 0, 1]); // from [in, out, ...]
}

/**
 * The gradient by the filter of a depthwise convolution, [height, width, channels, multiplier]: each channel of each
 * image is convolved with its own gradient.
 */
export function emitDepthwiseFilterGradient(graph: GraphBuilder, x: Value, dy: Value, info: ConvInfo): Value {
  if (fitsBlocks(graph, info)) return emitBlockedFilterGradient(graph, x, dy, info);
  const { batchSize, inChannels, outChannels, filterHeight, filterWidth } = info;
  const groups = batchSize * inChannels;
  const images = graph.reshape(toChannelsFirst(graph, x, info), [1, groups, info.inHeight, info.inWidth]);
  const filters = graph.reshape(toChannelsFirst(graph, dy, info), [
    batchSize * outChannels,
    1,
    info.outHeight,
    info.outWidth,
  ]);
  const places = convolve(graph, images, filters, info, groups);
  const byImage = [batchSize, inChannels, outChannels / inChannels, filterHeight, filterWidth];
  const sum = graph.reduce('ReduceSum', graph.reshape(places, byImage), [0], false);
  return graph.transpose(sum, [2, 3, 0, 1]);
}

/** Convolution with filters of the output's size: one result for each place of the true filter. */
function convolve(graph: GraphBuilder, images: Value, filters: Value, info: ConvInfo, groups: number): Value {
  const [top, left, bottom, right] = convPads(info);
  const height = info.inHeight + top + bottom - (info.outHeight - 1) * info.strideHeight;
  const width = info.inWidth + left + right - (info.outWidth - 1) * info.strideWidth;
  const leading = [images.shape[0] as number, filters.shape[0] as number];
  const attributes = {
    kernel_shape: [info.outHeight, info.outWidth],
    dilations: [info.strideHeight, info.strideWidth],
    pads: [top, left, bottom, right],
    group: groups,
  };
  const places = graph.node('Conv', [images, filters], [...leading, height, width], { attributes });
  return graph.slice(places, [0, 0, 0, 0], [...leading, info.filterHeight, info.filterWidth]);
}
