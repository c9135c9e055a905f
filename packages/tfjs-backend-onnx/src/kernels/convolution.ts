import * as tf from '@tensorflow/tfjs';
import type { Attributes } from '../onnx/model.js';
import type { GraphBuilder } from '../onnx/graphBuilder.js';
import type { Value } from '../onnx/value.js';
import { sameShape } from '../onnx/shape.js';
import { applyActivation, isActivation } from './activation.js';
import {
  channelsFirstShape,
  convKey,
  convPads,
  fromChannelsFirst,
  toChannelsFirst,
  unreached,
  type ConvInfo,
} from './convolutionShape.js';
import { isEmpty, isFloat, operand, record, type Kernel, type KernelTable } from './kernel.js';

type Shape4 = [number, number, number, number];

interface ConvAttrs {
  readonly strides: [number, number] | number;
  readonly pad: 'valid' | 'same' | number | tf.backend_util.ExplicitPadding;
  readonly dataFormat: 'NHWC' | 'NCHW';
  readonly dilations: [number, number] | number;
  readonly dimRoundingMode?: 'floor' | 'round' | 'ceil';
}

function convInfo(inShape: number[], filterShape: number[], attrs: ConvAttrs, depthwise = false): ConvInfo {
  return tf.backend_util.computeConv2DInfo(
    inShape as Shape4,
    filterShape as Shape4,
    attrs.strides,
    attrs.dilations ?? 1,
    attrs.pad,
    attrs.dimRoundingMode,
    depthwise,
    tf.backend_util.convertConv2DDataFormat(attrs.dataFormat ?? 'NHWC'),
  );
}

/** Whether the gradient has the shape that the attributes lead to; the JavaScript kernel takes any. */
function fits(dy: tf.TensorInfo, info: ConvInfo): boolean {
  return sameShape(dy.shape, info.outShape);
}

function windowAttributes(info: ConvInfo): Attributes {
  return {
    kernel_shape: [info.filterHeight, info.filterWidth],
    strides: [info.strideHeight, info.strideWidth],
    dilations: [info.dilationHeight, info.dilationWidth],
    pads: convPads(info),
  };
}

/** [height, width, in, out] to ONNX's [out, in, height, width]. */
function emitConv(graph: GraphBuilder, x: Value, filter: Value, info: ConvInfo, bias?: Value): Value {
  const result = graph.node(
    'Conv',
    [toChannelsFirst(graph, x, info), graph.transpose(filter, [3, 2, 0, 1]), bias],
    channelsFirstShape(info.outChannels, info),
    { attributes: windowAttributes(info) },
  );
  return fromChannelsFirst(graph, result, info);
}

const conv2D: Kernel = (call) => {
  const [x, filter] = [operand(call, 'x'), operand(call, 'filter')];
  if (!isFloat(x) || !isFloat(filter) || isEmpty(x)) return undefined;
  const info = convInfo(x.shape, filter.shape, call.attrs as unknown as ConvAttrs);
  const output = { shape: info.outShape, dtype: 'float32' } as const;
  if (info.outHeight < 1 || info.outWidth < 1) return undefined;
  return record(call, convKey(info), [x, filter], output, (graph, [image, weights]) =>
    emitConv(graph, image as Value, weights as Value, info),
  );
};

interface FusedAttrs {
  readonly activation?: string;
  readonly leakyreluAlpha?: number;
}

function fused(depthwise: boolean): Kernel {
  return (call) => {
    const [x, filter] = [operand(call, 'x'), operand(call, 'filter')];
    const { bias, preluActivationWeights: slope } = call.inputs;
    const { activation = 'linear', leakyreluAlpha: alpha } = call.attrs as FusedAttrs;
    const attrs = call.attrs as unknown as ConvAttrs;
    // With channels first, vectors along the channels would have to be reshaped.
    if (attrs.dataFormat === 'NCHW' || !isActivation(activation)) return undefined;
    const inputs = [x, filter, bias, slope].filter((input) => input !== undefined && input !== null);
    if (!inputs.every(isFloat) || isEmpty(x)) return undefined;
    const info = convInfo(x.shape, filter.shape, attrs, depthwise);
    const hasBias = bias !== undefined && bias !== null;
    const key = `${convKey(info)}|${hasBias}|${activation}|${alpha}`;
    return record(call, key, inputs, { shape: info.outShape, dtype: 'float32' }, (graph, values) => {
      const [image, weights, ...rest] = values as [Value, Value, ...Value[]];
      const emit = depthwise ? emitDepthwise : emitConv;
      const product = emit(graph, image, weights, info);
      const sum = hasBias ? graph.map('Add', [product, rest.shift() as Value]) : product;
      return applyActivation(graph, sum, { activation, alpha, slope: rest[0] });
    });
  };
}

const conv2DBackpropInput: Kernel = (call) => {
  const [dy, filter] = [operand(call, 'dy'), operand(call, 'filter')];
  const { inputShape } = call.attrs as { inputShape: number[] };
  if (!isFloat(dy) || !isFloat(filter) || isEmpty(dy)) return undefined;
  const info = convInfo(inputShape, filter.shape, call.attrs as unknown as ConvAttrs);
  if (!fits(dy, info)) return undefined;
  const output = { shape: inputShape, dtype: 'float32' } as const;
  return record(call, convKey(info), [dy, filter], output, (graph, [gradient, weights]) => {
    const turned = graph.transpose(weights as Value, [3, 2, 0, 1]);
    return emitTransposed(graph, gradient as Value, turned, info, 1);
  });
};

/** The transposed convolution, with weights [out, in / groups, height, width]. */
function emitTransposed(
  graph: GraphBuilder,
  dy: Value,
  weights: Value,
  info: ConvInfo,
  groups: number,
): Value {
  const result = graph.node(
    'ConvTranspose',
    [toChannelsFirst(graph, dy, info), weights],
    [info.batchSize, info.inChannels, info.inHeight, info.inWidth],
    { attributes: { ...windowAttributes(info), output_padding: unreached(info), group: groups } },
  );
  return fromChannelsFirst(graph, result, info);
}

const conv2DBackpropFilter: Kernel = (call) => {
  const [x, dy] = [operand(call, 'x'), operand(call, 'dy')];
  const { filterShape } = call.attrs as { filterShape: number[] };
  if (!isFloat(x) || !isFloat(dy) || isEmpty(x) || isEmpty(dy)) return undefined;
  const info = convInfo(x.shape, filterShape, call.attrs as unknown as ConvAttrs);
  if (info.dataFormat !== 'channelsLast' || !fits(dy, info)) return undefined;
  const output = { shape: filterShape, dtype: 'float32' } as const;
  return record(call, convKey(info), [x, dy], output, (graph, [image, gradient]) => {
    const pixels = info.batchSize * info.outHeight * info.outWidth;
    const right = graph.reshape(gradient as Value, [pixels, info.outChannels]);
    const taps = windowTaps(graph, image as Value, info).map((tap) => {
      const left = graph.reshape(tap, [pixels, info.inChannels]);
      const shape = [info.inChannels, info.outChannels];
      return graph.node('Gemm', [left, right], shape, { attributes: { transA: 1 } });
    });
    return graph.reshape(join(graph, taps, 0), filterShape);
  });
};

/** For each place of the window, row by row, the pixels that it meets: [n, outHeight, outWidth, in] each. */
function windowTaps(graph: GraphBuilder, x: Value, info: ConvInfo): Value[] {
  const [top, left, bottom, right] = convPads(info);
  const { batchSize, inHeight, inWidth, inChannels, outHeight, outWidth } = info;
  const padded = [batchSize, inHeight + top + bottom, inWidth + left + right, inChannels];
  const pads = graph.integers([0, top, left, 0, 0, bottom, right, 0]);
  const wide = top + left + bottom + right === 0 ? x : graph.node('Pad', [x, pads], padded);
  const size = [batchSize, outHeight, outWidth, inChannels];
  const steps = graph.integers([info.strideHeight, info.strideWidth]);
  const taps: Value[] = [];
  for (let row = 0; row < info.filterHeight; row++)
    for (let column = 0; column < info.filterWidth; column++) {
      const start = [row * info.dilationHeight, column * info.dilationWidth] as const;
      const end = [
        start[0] + (outHeight - 1) * info.strideHeight + 1,
        start[1] + (outWidth - 1) * info.strideWidth + 1,
      ];
      const bounds = [graph.integers(start), graph.integers(end), graph.integers([1, 2]), steps];
      taps.push(graph.node('Slice', [wide, ...bounds], size));
    }
  return taps;
}

function join(graph: GraphBuilder, parts: readonly Value[], axis: number): Value {
  const [first] = parts as [Value];
  if (parts.length === 1) return first;
  const shape = first.shape.map((size, i) => (i === axis ? size * parts.length : size));
  return graph.node('Concat', parts, shape, { attributes: { axis } });
}

/** [height, width, channels, multiplier] to ONNX's [channels * multiplier, 1, height, width]. */
function depthwiseWeights(graph: GraphBuilder, filter: Value, info: ConvInfo): Value {
  const shape = [info.outChannels, 1, info.filterHeight, info.filterWidth];
  return graph.reshape(graph.transpose(filter, [2, 3, 0, 1]), shape);
}

function emitDepthwise(graph: GraphBuilder, x: Value, filter: Value, info: ConvInfo): Value {
  const weights = depthwiseWeights(graph, filter, info);
  const result = graph.node(
    'Conv',
    [toChannelsFirst(graph, x, info), weights],
    channelsFirstShape(info.outChannels, info),
    { attributes: { ...windowAttributes(info), group: info.inChannels } },
  );
  return fromChannelsFirst(graph, result, info);
}

const depthwiseConv2D: Kernel = (call) => {
  const [x, filter] = [operand(call, 'x'), operand(call, 'filter')];
  if (!isFloat(x) || !isFloat(filter) || isEmpty(x)) return undefined;
  const info = convInfo(x.shape, filter.shape, call.attrs as unknown as ConvAttrs, true);
  if (info.outHeight < 1 || info.outWidth < 1) return undefined;
  const output = { shape: info.outShape, dtype: 'float32' } as const;
  return record(call, convKey(info), [x, filter], output, (graph, [image, weights]) =>
    emitDepthwise(graph, image as Value, weights as Value, info),
  );
};

const depthwiseBackpropInput: Kernel = (call) => {
  const [dy, filter] = [operand(call, 'dy'), operand(call, 'filter')];
  const { inputShape } = call.attrs as { inputShape: number[] };
  if (!isFloat(dy) || !isFloat(filter) || isEmpty(dy)) return undefined;
  const info = convInfo(inputShape, filter.shape, call.attrs as unknown as ConvAttrs, true);
  if (!fits(dy, info)) return undefined;
  const output = { shape: inputShape, dtype: 'float32' } as const;
  return record(call, convKey(info), [dy, filter], output, (graph, [gradient, weights]) => {
    const turned = depthwiseWeights(graph, weights as Value, info);
    return emitTransposed(graph, gradient as Value, turned, info, info.inChannels);
  });
};

const depthwiseBackpropFilter: Kernel = (call) => {
  const [x, dy] = [operand(call, 'x'), operand(call, 'dy')];
  const { filterShape } = call.attrs as { filterShape: number[] };
  if (!isFloat(x) || !isFloat(dy) || isEmpty(x) || isEmpty(dy)) return undefined;
  const info = convInfo(x.shape, filterShape, call.attrs as unknown as ConvAttrs, true);
  if (info.dataFormat !== 'channelsLast' || !fits(dy, info)) return undefined;
  const output = { shape: filterShape, dtype: 'float32' } as const;
  return record(call, convKey(info), [x, dy], output, (graph, [image, gradient]) => {
    const multiplier = info.outChannels / info.inChannels;
    const places = [info.batchSize, info.outHeight, info.outWidth, info.inChannels];
    const right = graph.reshape(gradient as Value, [...places, multiplier]);
    const taps = windowTaps(graph, image as Value, info).map((tap) => {
      const product = graph.map('Mul', [graph.reshape(tap, [...places, 1]), right]);
      return graph.reduce('ReduceSum', product, [0, 1, 2], false);
    });
    return graph.reshape(join(graph, taps, 0), filterShape);
  });
};

export const convolutionKernels: KernelTable = {
  Conv2D: conv2D,
  Conv2DBackpropFilter: conv2DBackpropFilter,
  Conv2DBackpropInput: conv2DBackpropInput,
  DepthwiseConv2dNative: depthwiseConv2D,
  DepthwiseConv2dNativeBackpropFilter: depthwiseBackpropFilter,
  DepthwiseConv2dNativeBackpropInput: depthwiseBackpropInput,
  FusedConv2D: fused(false),
  FusedDepthwiseConv2D: fused(true),
};
