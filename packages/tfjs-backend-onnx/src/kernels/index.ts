import { batchNormKernels } from './batchNorm.js';
import { binaryKernels } from './binary.js';
import { conv2DKernels } from './convolution/conv2D.js';
import { poolingKernels } from './convolution/pooling.js';
import { creationKernels } from './creation.js';
import { einsumKernels } from './einsum.js';
import { indexingKernels } from './indexing.js';
import { joinKernels } from './join.js';
import type { KernelTable } from './kernel.js';
import { layoutKernels } from './layout.js';
import { matMulKernels } from './matMul.js';
import { reductionKernels } from './reduction.js';
import { resizeKernels } from './resize.js';
import { sliceKernels } from './slice.js';
import { softmaxKernels } from './softmax.js';
import { unaryKernels } from './unary.js';
import { viewKernels } from './views.js';

/** The kernels that have an ONNX form, by TensorFlow.js's names. */
export const onnxKernels: KernelTable = {
  ...batchNormKernels,
  ...binaryKernels,
  ...conv2DKernels,
  ...creationKernels,
  ...einsumKernels,
  ...indexingKernels,
  ...joinKernels,
  ...layoutKernels,
  ...matMulKernels,
  ...poolingKernels,
  ...reductionKernels,
  ...resizeKernels,
  ...sliceKernels,
  ...softmaxKernels,
  ...unaryKernels,
  ...viewKernels,
};
