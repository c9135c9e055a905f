import * as tf from '@tensorflow/tfjs';
import { CHANNELS_FIRST, CHANNELS_LAST, type GraphBuilder } from '../../onnx/graphBuilder.js';
import type { Attributes } from '../../onnx/model.js';
import type { Value } from '../../onnx/value.js';

export type ConvInfo = tf.backend_util.Conv2DInfo;
type Shape4 = [number, number, number, number];

export interface ConvAttrs {
  readonly strides: [number, number] | number;
  readonly pad: 'valid' | 'same' | number | tf.backend_util.ExplicitPadding;
  readonly dataFormat?: 'NHWC' | 'NCHW' | null;
  readonly dilations?: [number, number] | number | null;
  readonly dimRoundingMode?: 'floor' | 'round' | 'ceil';
}

export function convInfo(
  inShape: readonly number[],
  filterShape: readonly number[],
  attrs: tf.NamedAttrMap,
  depthwise = false,
): ConvInfo {
  const { strides, pad, dataFormat, dilations, dimRoundingMode } = attrs as unknown as ConvAttrs;
  return tf.backend_util.computeConv2DInfo(
    inShape as Shape4,
    filterShape as Shape4,
    strides,
    dilations ?? 1,
    pad,
    dimRoundingMode,
    depthwise,
    tf.backend_util.convertConv2DDataFormat(dataFormat ?? 'NHWC'),
  );
}

/** All of a window on which the ONNX nodes depend, beside the shapes of the operands. */
export function convKey(info: ConvInfo): string {
  const { strideHeight, strideWidth, dilationHeight, dilationWidth, inHeight, inWidth } = info;
  const window = [
    info.filterHeight,
    info.filterWidth,
    strideHeight,
    strideWidth,
    dilationHeight,
    dilationWidth,
  ];
  return `${window.join()}|${convPads(info).join()}|${inHeight},${inWidth}|${info.dataFormat}`;
}

/**
 * Padding as ONNX takes it: [top, left, bottom, right], the latter two only as wide as the last window reaches, so that
 * ONNX arrives at TensorFlow.js's output size whatever its rounding was.
 */
export function convPads(info: ConvInfo): [number, number, number, number] {
  const { top, left } = info.padInfo;
  const [height, width] = reach(info);
  return [top, left, Math.max(height - info.inHeight, 0), Math.max(width - info.inWidth, 0)];
}

/** Rows and columns at the end of the input that no window reaches. */
export function unreached(info: ConvInfo): [number, number] {
  const [height, width] = reach(info);
  return [Math.max(info.inHeight - height, 0), Math.max(info.inWidth - width, 0)];
}

/** Rows and columns of the input, from its first, up to the end of the last window. */
function reach(info: ConvInfo): [number, number] {
  const { top, left } = info.padInfo;
  return [
    (info.outHeight - 1) * info.strideHeight + info.effectiveFilterHeight - top,
    (info.outWidth - 1) * info.strideWidth + info.effectiveFilterWidth - left,
  ];
}

/** The pads with which the filter from back to front makes the gradient by the input of that by the output, spaced by the stride. */
export function reversedPads(info: ConvInfo): [number, number, number, number] {
  const [top, left] = convPads(info);
  return [
    info.effectiveFilterHeight - 1 - top,
    info.effectiveFilterWidth - 1 - left,
    info.inHeight - info.outHeight * info.strideHeight + top,
    info.inWidth - info.outWidth * info.strideWidth + left,
  ];
}

export function windowAttributes(info: ConvInfo): Attributes {
  return {
    kernel_shape: [info.filterHeight, info.filterWidth],
    strides: [info.strideHeight, info.strideWidth],
    dilations: [info.dilationHeight, info.dilationWidth],
    pads: convPads(info),
  };
}

export function isUnpadded(info: ConvInfo): boolean {
  return convPads(info).every((width) => width === 0);
}

export function toChannelsFirst(graph: GraphBuilder, x: Value, { dataFormat }: ConvInfo): Value {
  return dataFormat === 'channelsLast' ? graph.transpose(x, CHANNELS_FIRST) : x;
}

export function fromChannelsFirst(graph: GraphBuilder, x: Value, { dataFormat }: ConvInfo): Value {
  return dataFormat === 'channelsLast' ? graph.transpose(x, CHANNELS_LAST) : x;
}

/** [n, channels, height, width] of the output. */
export function outShapeFirst(info: ConvInfo): number[] {
  return [info.batchSize, info.outChannels, info.outHeight, info.outWidth];
}

export function inShapeFirst(info: ConvInfo): number[] {
  return [info.batchSize, info.inChannels, info.inHeight, info.inWidth];
}
