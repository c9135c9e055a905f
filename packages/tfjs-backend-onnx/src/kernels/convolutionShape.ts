import type * as tf from '@tensorflow/tfjs';
import type { GraphBuilder } from '../onnx/graphBuilder.js';
import type { Value } from '../onnx/value.js';

export type ConvInfo = tf.backend_util.Conv2DInfo;

/**
 * Padding as ONNX takes it: [top, left, bottom, right], the latter two only as wide as the last window reaches, so that
 * ONNX arrives at TensorFlow.js's output size whatever its rounding was.
 */
export function convPads(info: ConvInfo): [number, number, number, number] {
  const { top, left } = info.padInfo;
  const bottom = (info.outHeight - 1) * info.strideHeight + info.effectiveFilterHeight - info.inHeight - top;
  const right = (info.outWidth - 1) * info.strideWidth + info.effectiveFilterWidth - info.inWidth - left;
  return [top, left, Math.max(bottom, 0), Math.max(right, 0)];
}

/** Rows and columns at the end of the input that no window reaches. */
export function unreached(info: ConvInfo): [number, number] {
  const { top, left } = info.padInfo;
  const height = (info.outHeight - 1) * info.strideHeight + info.effectiveFilterHeight - top;
  const width = (info.outWidth - 1) * info.strideWidth + info.effectiveFilterWidth - left;
  return [Math.max(info.inHeight - height, 0), Math.max(info.inWidth - width, 0)];
}

export function convKey(info: ConvInfo): string {
  const { strideHeight, strideWidth, dilationHeight, dilationWidth, outHeight, outWidth, dataFormat } = info;
  const window = [
    info.filterHeight,
    info.filterWidth,
    strideHeight,
    strideWidth,
    dilationHeight,
    dilationWidth,
  ];
  return `${window.join()}|${convPads(info).join()}|${outHeight},${outWidth}|${dataFormat}`;
}

export function toChannelsFirst(graph: GraphBuilder, x: Value, { dataFormat }: ConvInfo): Value {
  return dataFormat === 'channelsLast' ? graph.transpose(x, [0, 3, 1, 2]) : x;
}

export function fromChannelsFirst(graph: GraphBuilder, x: Value, { dataFormat }: ConvInfo): Value {
  return dataFormat === 'channelsLast' ? graph.transpose(x, [0, 2, 3, 1]) : x;
}

export function channelsFirstShape(channels: number, info: ConvInfo): number[] {
  return [info.batchSize, channels, info.outHeight, info.outWidth];
}
