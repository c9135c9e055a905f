import * as tf from '@tensorflow/tfjs';
import { isEmpty, isFloat, record, type Kernel, type KernelTable } from './kernel.js';

const einsum: Kernel = (call) => {
  const tensors = call.inputs as unknown as tf.TensorInfo[];
  const equation = (call.attrs['equation'] as string).replace(/\s/g, '');
  if (!tensors.every(isFloat) || tensors.some(isEmpty)) return undefined;
  const { allDims, idDims } = tf.backend_util.decodeEinsumEquation(equation, tensors.length);
  tf.backend_util.checkEinsumDimSizes(allDims.length, idDims, tensors as tf.Tensor[]);
  const [left = '', right = ''] = equation.split('->');
  const sizes = new Map<string, number>();
  left
    .split(',')
    .forEach((term, i) =>
      [...term].forEach((letter, axis) => sizes.set(letter, tensors[i]?.shape[axis] as number)),
    );
  const shape = [...right].map((letter) => sizes.get(letter) as number);
  return record(call, equation, tensors, { shape, dtype: 'float32' }, (graph, values) =>
    graph.node('Einsum', values, shape, { attributes: { equation } }),
  );
};

export const einsumKernels: KernelTable = { Einsum: einsum };
