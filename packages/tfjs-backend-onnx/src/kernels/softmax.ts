import { isEmpty, operand, record, type Kernel, type KernelTable } from './kernel.js';

function overLastAxis(op: 'Softmax' | 'LogSoftmax'): Kernel {
  return (call) => {
    const logits = operand(call, 'logits');
    const { dim, axis = dim } = call.attrs as { dim?: number; axis?: number };
    const last = logits.shape.length - 1;
    if (logits.dtype !== 'float32' || isEmpty(logits) || (axis !== last && axis !== -1)) return undefined;
    return record(call, '', [logits], { shape: logits.shape, dtype: 'float32' }, (graph, [value]) =>
      graph.node(op, [value], logits.shape, { attributes: { axis: -1 } }),
    );
  };
}

export const softmaxKernels: KernelTable = {
  LogSoftmax: overLastAxis('LogSoftmax'),
  Softmax: overLastAxis('Softmax'),
};
