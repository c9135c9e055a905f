import { CHANNELS_FIRST, CHANNELS_LAST } from '../onnx/graphBuilder.js';
import type { Value } from '../onnx/value.js';
import { isEmpty, isFloat, operand, record, type Kernel, type KernelTable } from './kernel.js';

interface ResizeAttrs {
  readonly alignCorners: boolean;
  readonly halfPixelCenters: boolean;
  readonly size: [number, number];
}

function resize(mode: 'linear' | 'nearest'): Kernel {
  return (call) => {
    const images = operand(call, 'images');
    const { alignCorners, halfPixelCenters, size } = call.attrs as unknown as ResizeAttrs;
    if (!isFloat(images) || isEmpty(images)) return undefined;
    // ONNX rounds half up where TensorFlow.js, aligning corners, rounds as JavaScript does; both round up.
    const rounding = alignCorners ? 'round_prefer_ceil' : 'floor';
    const transform = alignCorners ? 'align_corners' : halfPixelCenters ? 'half_pixel' : 'asymmetric';
    // TensorFlow.js takes the pixel whose area holds the centre, without the half by which ONNX shifts back.
    if (mode === 'nearest' && halfPixelCenters) return undefined;
    const [n, , , channels] = images.shape as [number, number, number, number];
    const shape = [n, ...size, channels];
    const key = `${mode}|${transform}|${size.join()}`;
    return record(call, key, [images], { shape, dtype: 'float32' }, (graph, [x]) => {
      const sizes = graph.integers([n, channels, ...size]);
      const inputs = [graph.transpose(x as Value, CHANNELS_FIRST), undefined, undefined, sizes];
      const attributes = { mode, coordinate_transformation_mode: transform, nearest_mode: rounding };
      const resized = graph.node('Resize', inputs, [n, channels, ...size], { attributes });
      return graph.transpose(resized, CHANNELS_LAST);
    });
  };
}

export const resizeKernels: KernelTable = {
  ResizeBilinear: resize('linear'),
  ResizeNearestNeighbor: resize('nearest'),
};
