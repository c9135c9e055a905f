import type * as tf from '@tensorflow/tfjs';
import type { GraphBuilder } from '../../onnx/graphBuilder.js';
import type { Value } from '../../onnx/value.js';
import { sameShape, sizeOf } from '../../onnx/shape.js';
import { applyActivation, isActivation } from '../activation.js';
import { isEmpty, isFloat, operand, record, type Kernel, type KernelTable } from '../kernel.js';
import { emitDepthwiseFilterGradient, emitFilterGradient } from './filterGradient.js';
import { emitConv, emitDepthwise } from './forward.js';
import { emitDepthwiseInputGradient, emitInputGradient } from './inputGradient.js';
import { convInfo, convKey, type ConvInfo } from './shape.js';

type EmitWindow = (graph: GraphBuilder, first: Value, second: Value, info: ConvInfo) => Value;

function forward(emit: EmitWindow, depthwise: boolean): Kernel {
  return (call) => {
    const [x, filter] = [operand(call, 'x'), operand(call, 'filter')];
    if (!isFloat(x) || !isFloat(filter) || isEmpty(x)) return undefined;
    const info = convInfo(x.shape, filter.shape, call.attrs, depthwise);
    if (sizeOf(info.outShape) === 0) return undefined;
    const output = { shape: info.outShape, dtype: 'float32' } as const;
    return record(call, convKey(info), [x, filter], output, (graph, [image, weights]) =>
      emit(graph, image as Value, weights as Value, info),
    );
  };
}

interface FusedAttrs {
  readonly activation?: string;
  readonly leakyreluAlpha?: number;
  readonly dataFormat?: string;
}

/** A convolution with bias and activation. */
function fused(emit: EmitWindow, depthwise: boolean): Kernel {
  return (call) => {
    const [x, filter] = [operand(call, 'x'), operand(call, 'filter')];
    const { bias, preluActivationWeights: slope } = call.inputs;
    const { activation = 'linear', leakyreluAlpha: alpha, dataFormat } = call.attrs as FusedAttrs;
    // With channels first, vectors along the channels would have to be reshaped.
    if (dataFormat === 'NCHW' || !isActivation(activation)) return undefined;
    const inputs = [x, filter, bias, slope].filter((input) => input !== undefined && input !== null);
    if (!inputs.every(isFloat) || isEmpty(x)) return undefined;
    const info = convInfo(x.shape, filter.shape, call.attrs, depthwise);
    const hasBias = bias !== undefined && bias !== null;
    const key = `${convKey(info)}|${hasBias}|${activation}|${alpha}`;
    return record(call, key, inputs, { shape: info.outShape, dtype: 'float32' }, (graph, values) => {
      const [image, weights, ...rest] = values as [Value, Value, ...Value[]];
      const product = emit(graph, image, weights, info);
      const sum = hasBias ? graph.map('Add', [product, rest.shift() as Value]) : product;
      return applyActivation(graph, sum, { activation, alpha, slope: rest[0] });
    });
  };
}

function inputGradient(emit: EmitWindow, depthwise: boolean): Kernel {
  return (call) => {
    const [dy, filter] = [operand(call, 'dy'), operand(call, 'filter')];
    const { inputShape } = call.attrs as { inputShape: number[] };
    const info = convInfo(inputShape, filter.shape, call.attrs, depthwise);
    if (!isFloat(filter) || !isGradient(dy, info)) return undefined;
    const output = { shape: inputShape, dtype: 'float32' } as const;
    return record(call, convKey(info), [dy, filter], output, (graph, [gradient, weights]) =>
      emit(graph, gradient as Value, weights as Value, info),
    );
  };
}

function filterGradient(emit: EmitWindow, depthwise: boolean): Kernel {
  return (call) => {
    const [x, dy] = [operand(call, 'x'), operand(call, 'dy')];
    const { filterShape } = call.attrs as { filterShape: number[] };
    const info = convInfo(x.shape, filterShape, call.attrs, depthwise);
    if (!isFloat(x) || !isGradient(dy, info) || info.dataFormat !== 'channelsLast') return undefined;
    const output = { shape: filterShape, dtype: 'float32' } as const;
    return record(call, convKey(info), [x, dy], output, (graph, [image, gradient]) =>
      emit(graph, image as Value, gradient as Value, info),
    );
  };
}

/** Whether the gradient has the shape that the attributes lead to; the JavaScript kernels take any. */
function isGradient(dy: tf.TensorInfo, info: ConvInfo): boolean {
  return isFloat(dy) && !isEmpty(dy) && sameShape(dy.shape, info.outShape);
}

export const conv2DKernels: KernelTable = {
  Conv2D: forward(emitConv, false),
  Conv2DBackpropFilter: filterGradient(emitFilterGradient, false),
  Conv2DBackpropInput: inputGradient(emitInputGradient, false),
  DepthwiseConv2dNative: forward(emitDepthwise, true),
  DepthwiseConv2dNativeBackpropFilter: filterGradient(emitDepthwiseFilterGradient, true),
  DepthwiseConv2dNativeBackpropInput: inputGradient(emitDepthwiseInputGradient, true),
  FusedConv2D: fused(emitConv, false),
  FusedDepthwiseConv2D: fused(emitDepthwise, true),
};
