import { isEmpty, operand, record, type Kernel, type KernelTable } from './kernel.js';

/** Over the last axis, the only one that TensorFlow.js knows. */
const softmax: Kernel = (call) => {
  const logits = operand(call, 'logits');
  const { dim } = call.attrs as { dim: number };
  const last = logits.shape.length - 1;
  if (logits.dtype !== 'float32' || isEmpty(logits) || (dim !== last && dim !== -1)) return undefined;
  return record(call, '', [logits], { shape: logits.shape, dtype: 'float32' }, (graph, [value]) =>
    graph.node('Softmax', [value], logits.shape, { attributes: { axis: -1 } }),
  );
};

export const softmaxKernels: KernelTable = { Softmax: softmax };
