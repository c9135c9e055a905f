import type { CheckpointFormat } from '../weights/checkpointFormat.js';

/** Keras' files. A depthwise kernel is [3, 3, channels, 1] in them: the same numbers in the same order as ours. */
export const KERAS_CHECKPOINT: CheckpointFormat = {
  separator: '/',
  ignored: /^(predictions|Logits)\//,
  layout: (name, { shape: [height, width, inputs, outputs], shape }) => ({
    shape: name.endsWith('/depthwise_kernel') ? [height, width!, outputs!, inputs!] : shape,
  }),
};

/**
 * The arrays of a TensorFlow Lite graph, `01/kernel`, `01/bias` and so on by operation, without the one that classifies:
 * kernels [outputs, height, width, inputs], depthwise ones [1, height, width, channels].
 *
 * @param operations  up to the last convolution; two further on, behind the average over places, the graph classifies
 */
export function foldedCheckpoint(operations: number): CheckpointFormat {
  return {
    separator: '/',
    ignored: new RegExp(`^${operations + 2}/`),
    layout: (_, { shape }) => {
      const [height, width, inputs, outputs] = shape;
      if (outputs === undefined) return { shape };
      const depthwise = height > 1 && inputs === 1;
      return depthwise
        ? { shape: [1, height, width!, outputs], axes: [1, 2, 0, 3] }
        : { shape: [outputs, height, width!, inputs!], axes: [1, 2, 3, 0] };
    },
  };
}
