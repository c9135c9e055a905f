import * as tf from '@tensorflow/tfjs';
import type { Attributes } from '../../onnx/model.js';
import type { GraphBuilder } from '../../onnx/graphBuilder.js';
import type { Value } from '../../onnx/value.js';
import { sizeOf } from '../../onnx/shape.js';
import {
  outShapeFirst,
  convKey,
  convPads,
  fromChannelsFirst,
  inShapeFirst,
  toChannelsFirst,
  unreached,
  type ConvInfo,
} from './shape.js';
import {
  isEmpty,
  isFloat,
  operand,
  record,
  type Kernel,
  type KernelCall,
  type KernelTable,
} from '../kernel.js';

interface PoolAttrs {
  readonly filterSize: [number, number] | number;
  readonly strides: [number, number] | number;
  readonly pad: 'valid' | 'same' | number | tf.backend_util.ExplicitPadding;
  readonly dimRoundingMode?: 'floor' | 'round' | 'ceil';
}

function poolInfo(shape: number[], { attrs }: KernelCall): ConvInfo {
  const { filterSize, strides, pad, dimRoundingMode } = attrs as unknown as PoolAttrs;
  const image = shape as [number, number, number, number];
  return tf.backend_util.computePool2DInfo(image, filterSize, strides, 1, pad, dimRoundingMode);
}

function windowAttributes(info: ConvInfo): Attributes {
  return {
    kernel_shape: [info.filterHeight, info.filterWidth],
    strides: [info.strideHeight, info.strideWidth],
    pads: convPads(info),
  };
}

/** ONNX wants every window to meet the image, and its padding to be narrower than the window. */
function isPlain(info: ConvInfo): boolean {
  const [top, left, bottom, right] = convPads(info);
  return Math.max(top, bottom) < info.filterHeight && Math.max(left, right) < info.filterWidth;
}

function pool(op: 'MaxPool' | 'AveragePool'): Kernel {
  return (call) => {
    const x = operand(call, 'x');
    if (!isFloat(x) || isEmpty(x)) return undefined;
    const info = poolInfo(x.shape, call);
    if (!isPlain(info) || sizeOf(info.outShape) === 0) return undefined;
    const output = { shape: info.outShape, dtype: 'float32' } as const;
    return record(call, convKey(info), [x], output, (graph, [image]) => {
      const shape = outShapeFirst(info);
      const input = toChannelsFirst(graph, image as Value, info);
      const pooled = graph.node(op, [input], shape, { attributes: windowAttributes(info) });
      return fromChannelsFirst(graph, pooled, info);
    });
  };
}

/** Sends each gradient to the first greatest pixel of its window. */
const maxPoolGrad: Kernel = (call) => {
  const [dy, input] = [operand(call, 'dy'), operand(call, 'input')];
  if (!isFloat(dy) || !isFloat(input) || isEmpty(dy) || isEmpty(input)) return undefined;
  const info = poolInfo(input.shape, call);
  if (!isPlain(info)) return undefined;
  const output = { shape: input.shape, dtype: 'float32' } as const;
  return record(call, convKey(info), [dy, input], output, (graph, [gradient, image]) => {
    const places = maxPlaces(graph, toChannelsFirst(graph, image as Value, info), info);
    const size = sizeOf(input.shape);
    const zeros = graph.broadcast(graph.scalar(0, 'float32'), [size]);
    const updates = toChannelsFirst(graph, gradient as Value, info);
    const flat = [sizeOf(updates.shape)];
    const sums = graph.node(
      'ScatterElements',
      [zeros, graph.reshape(places, flat), graph.reshape(updates, flat)],
      [size],
      {
        attributes: { reduction: 'add' },
      },
    );
    return fromChannelsFirst(graph, graph.reshape(sums, inShapeFirst(info)), info);
  });
};

/** Flat positions of the greatest pixels. */
function maxPlaces(graph: GraphBuilder, x: Value, info: ConvInfo): Value {
  const shape = outShapeFirst(info);
  const results = [
    { shape, dtype: 'float32' },
    { shape, dtype: 'int64' },
  ] as const;
  const [, places] = graph.multiple('MaxPool', [x], results, { attributes: windowAttributes(info) });
  return places as Value;
}

/** Spreads each gradient evenly over its window; TensorFlow.js divides by the window's size at the border too. */
const avgPoolGrad: Kernel = (call) => {
  const [dy, input] = [operand(call, 'dy'), operand(call, 'input')];
  if (!isFloat(dy) || isEmpty(dy)) return undefined;
  const info = poolInfo(input.shape, call);
  const output = { shape: input.shape, dtype: 'float32' } as const;
  return record(call, convKey(info), [dy], output, (graph, [gradient]) => {
    const { batchSize, inChannels, inHeight, inWidth, filterHeight, filterWidth } = info;
    const share = 1 / (filterHeight * filterWidth);
    const images = batchSize * inChannels;
    const single = graph.reshape(toChannelsFirst(graph, gradient as Value, info), [
      images,
      1,
      info.outHeight,
      info.outWidth,
    ]);
    const window = [1, 1, filterHeight, filterWidth];
    const weights = graph.constant(
      new Array<number>(filterHeight * filterWidth).fill(share),
      window,
      'float32',
    );
    const attributes = { ...windowAttributes(info), output_padding: unreached(info) };
    const spread = graph.node('ConvTranspose', [single, weights], [images, 1, inHeight, inWidth], {
      attributes,
    });
    return fromChannelsFirst(graph, graph.reshape(spread, inShapeFirst(info)), info);
  });
};

export const poolingKernels: KernelTable = {
  AvgPool: pool('AveragePool'),
  AvgPoolGrad: avgPoolGrad,
  MaxPool: pool('MaxPool'),
  MaxPoolGrad: maxPoolGrad,
};
