import * as tf from '@tensorflow/tfjs';
import type { OnnxBackend } from './backend.js';
import { onnxKernels } from './kernels/index.js';

/**
 * Registers every kernel of the JavaScript CPU backend under the name of this backend; where an ONNX form exists, it
 * goes first, and the JavaScript kernel runs on the same tensors when it declines.
 */
export function registerKernels(backendName: string): void {
  for (const config of tf.getKernelsForBackend('cpu')) {
    const { kernelName, kernelFunc } = config;
    const onnxKernel = onnxKernels[kernelName];
    tf.registerKernel({
      ...config,
      backendName,
      kernelFunc: ({ inputs, attrs, backend }) => {
        const onnxBackend = backend as OnnxBackend;
        const call = { backend: onnxBackend, kernel: kernelName, inputs, attrs: attrs ?? {} };
        const recorded = onnxKernel?.(call);
        if (recorded !== undefined) return recorded;
        onnxBackend.countFallback(kernelName);
        return kernelFunc({ inputs, attrs: attrs ?? {}, backend });
      },
    });
  }
}
