/**
 * Convolutions with more weights than there is to convolve, as deep in a ResNet, place by place of the filter: as sums of
 * matrix products in TensorFlow.js's own layout. To bring the weights into ONNX's layout takes longer than the convolution.
 */
import type { GraphBuilder } from '../../onnx/graphBuilder.js';
import type { Value } from '../../onnx/value.js';
import type { ConvInfo } from './shape.js';
import { pixelCount, reversedTaps, windowTaps } from './windows.js';

/** Places above which as many products are slower than one convolution. */
const MAX_PLACES = 9;

export function isHeavy(info: ConvInfo): boolean {
  const places = info.filterHeight * info.filterWidth;
  const inputs = info.batchSize * info.inHeight * info.inWidth;
  return (
    info.dataFormat === 'channelsLast' &&
    places > 1 &&
    places <= MAX_PLACES &&
    Math.max(pixelCount(info), inputs) <= 2 * Math.min(info.inChannels, info.outChannels)
  );
}

/** @param filter  [height, width, in, out] */
export function emitByTaps(graph: GraphBuilder, x: Value, filter: Value, info: ConvInfo): Value {
  const taps = windowTaps(graph, graph.made(x), info);
  return graph.reshape(sumOfProducts(graph, taps, filter, 0), info.outShape);
}

/** The gradient by the input, for windows of stride 1 whose reversed pads are not negative. */
export function emitInputGradientByTaps(
  graph: GraphBuilder,
  dy: Value,
  filter: Value,
  info: ConvInfo,
): Value {
  const taps = reversedTaps(graph, graph.made(dy), info);
  return graph.reshape(sumOfProducts(graph, taps, filter, 1), info.inShape);
}

/** Of each tap's pixels with the weights of its place, which are transposed where `transB` is 1. */
function sumOfProducts(graph: GraphBuilder, taps: readonly Value[], filter: Value, transB: 0 | 1): Value {
  const [, , inputs = 0, outputs = 0] = filter.shape;
  const places = graph.reshape(filter, [taps.length, inputs, outputs]);
  let sum: Value | undefined;
  taps.forEach((tap, place) => {
    const channels = tap.shape[3] as number;
    const rows = graph.reshape(tap, [tap.shape.reduce((a, b) => a * b) / channels, channels]);
    const slice = graph.slice(places, [place, 0, 0], [1, inputs, outputs]);
    const weights = graph.reshape(slice, [inputs, outputs]);
    const shape = [rows.shape[0] as number, transB === 1 ? inputs : outputs];
    sum = graph.node('Gemm', [rows, weights, ...(sum === undefined ? [] : [sum])], shape, {
      attributes: { transB },
    });
  });
  return sum as Value;
}
